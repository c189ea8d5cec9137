// Target timers count on between renewals, from when they were shown.
const SOON_S = 180;

export function count() {
  const now = performance.now() / 1000;
  for (const timer of document.querySelectorAll(".timer[data-left]")) {
    if (timer.dataset.from !== timer.dataset.left) {
      timer.dataset.from = timer.dataset.left;
      timer.dataset.until = now + Number(timer.dataset.left);
    }
    const left = Number(timer.dataset.until) - now;
    timer.textContent = left < 0 ? `${spell(-left)} over` : `${spell(left)} left`;
    timer.classList.toggle("over", left < 0);
    timer.classList.toggle("soon", left >= 0 && left < SOON_S);
  }
}

function spell(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.floor(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

setInterval(count, 1000);
