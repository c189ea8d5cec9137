"""``doorstep serve``: one process, in any number of copies."""

import argparse
import os
import sys

from deliveries.environment import Environment

HELP = "start one process: the gateway, the actions, the worker or Rasa"
MODULES = {"bot": "bot", "actions": "actions", "scheduling": "scheduling"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the process's name."""
    parser.add_argument("process", choices=[*MODULES, "rasa"])


def run(arguments: argparse.Namespace) -> int:
    """Become that process; does not return."""
    if arguments.process == "rasa":
        command = rasa_command(Environment(os.environ))
    else:
        command = [sys.executable, "-m", MODULES[arguments.process]]
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 our own command, no shell


def rasa_command(environment: Environment) -> list[str]:
    """Return the command that serves the model, for the gateway only: token and one address.

    Raises:
        SettingsError: If the token or Rasa's environment is missing.
    """
    token = environment.required("DOORSTEP_RASA_TOKEN")
    host, port = environment.address("DOORSTEP_RASA_BIND", "127.0.0.1:5005")
    home = environment.text("DOORSTEP_RASA_HOME", ".rasa")
    endpoints = environment.text("DOORSTEP_RASA_ENDPOINTS", "endpoints.yml")
    model = environment.text("DOORSTEP_MODEL", ".models/doorstep.tar.gz")
    # `rasa run -m <missing file>` silently serves another model.
    if not os.path.exists(model):  # noqa: PTH110 a look, no path to keep
        environment.complain(f"there is no model at {model}: run make model")
    environment.check()
    options = ["--model", model, "--endpoints", endpoints, "--credentials", "credentials.yml"]
    quiet = ["--logging-config-file", "nlu/logging.yml"]
    # One word: a token may begin with a hyphen, and would be taken for an option.
    listen = ["--interface", host, "--port", str(port), f"--auth-token={token}"]
    return [f"{home}/bin/python", "-m", "rasa", "run", "--enable-api", *quiet, *listen, *options]
