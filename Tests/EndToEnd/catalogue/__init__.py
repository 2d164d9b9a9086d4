"""The catalogue end to end: whatever moto can make is made, tagged by the real program, and read back."""
