"""The papers of aid (告知书、决定书), and the bridge between a need that was declined and the written refusal of the benefit."""
