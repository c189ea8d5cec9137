"""What agents do for people whose chats they have."""
