"""Reading forms."""

from starlette.requests import Request


async def read_form(request: Request) -> dict[str, str]:
    """Return a form's fields; files are left out."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}
