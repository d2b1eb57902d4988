"""Job fairs (现场招聘会, A21): fair, stalls, the paper list typed afterwards, offers, and the starts that offers led to."""
