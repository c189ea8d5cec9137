"""The doorstep command, one module per subcommand."""
