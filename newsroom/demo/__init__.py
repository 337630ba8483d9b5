"""The demonstration paper: its invented news, and the posters of the shows it covers."""
