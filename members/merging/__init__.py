"""Two accounts of one person become one: what each app makes of it, the proof that both agree, the act."""
