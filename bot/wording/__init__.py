"""Every sentence we say, per language, and its form on each channel."""
