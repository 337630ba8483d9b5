"""A story's body: what may be stored (clean), what is served (compile), and its plain text (text). Pure."""
