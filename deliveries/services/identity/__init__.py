"""Who may change what: contacts, codes, risks, and what is taken back on NOT ME."""
