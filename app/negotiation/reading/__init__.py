"""Reading mails and chats out of foreign files; every file is hostile until read."""
