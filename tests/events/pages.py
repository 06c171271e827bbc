"""Pages as a browser reads them."""

from django.test import Client

from tests.markup import flat


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return flat(response.content.decode())
