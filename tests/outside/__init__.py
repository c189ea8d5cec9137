"""Other people's systems, played over real HTTP: they keep state and enforce their own rules."""
