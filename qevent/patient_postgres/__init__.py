"""Django's Postgres, waited for while it returns: the ``ENGINE`` of the site's database."""
