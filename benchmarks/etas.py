"""How often windows told are true, and how wide: learned in one traffic, measured in another."""

from datetime import timedelta
from pathlib import Path

from cli.simulate import FIRST_DAY, SHIPPED, assumptions, simulate
from cli.simulation.days import Setting
from cli.simulation.report import etas
from cli.simulation.world import USUAL
from deliveries.services.etas.reporting import summed
from integrations.day_files import read_sources

LEARNED, MEASURED = 8, 4


def main(day: Path = SHIPPED) -> None:
    """Print coverage and width beside a fixed window's, with what was assumed."""
    setting = Setting(read_sources([day]), seed=1, world=USUAL, planning_s=0.5, chooses=False)
    days = [FIRST_DAY + timedelta(days=number) for number in range(LEARNED + MEASURED)]
    pairs, measured = simulate(setting, days[:LEARNED], days[LEARNED:])
    for line in assumptions():
        print(line)
    for line in etas("the traffic learned in", summed([pair.asked.etas for pair in pairs])):
        print(line)
    for name, results in measured.items():
        for line in etas(name, summed([pair.asked.etas for pair in results])):
            print(line)


if __name__ == "__main__":
    main()
