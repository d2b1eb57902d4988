"""The sums of labourers: kept by every act that changes one (`commands.changed`), held against the labourers themselves (`checking`)."""
