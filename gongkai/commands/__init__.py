"""The commands of `gongkai`, one module a command; what they print and how they end."""
