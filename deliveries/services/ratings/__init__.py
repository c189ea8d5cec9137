"""What recipients thought of it: asked once, heard before Rasa."""
