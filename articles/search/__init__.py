"""Search: words in, ranked editions out. Only what readers have is found, counted, suggested or spelled."""
