"""The agenda (C16): anybody brings an item; a meeting decides it by the law's numbers, or it is sent to the body that may."""
