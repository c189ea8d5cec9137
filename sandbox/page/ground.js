// The plain ground of the map: projection, grid, scale bar, panning and zooming.

import { svg } from "./svg.js";

const METRES_PER_DEGREE = 111195;
const STEPS_M = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000];
const MARGIN = 56;

export class Ground {
  constructor(root) {
    this.root = root;
    this.middle = { lat: 51.5, lon: 0 };
    this.metresPerPixel = 10;
    this.fitted = 10;
    this.covered = null;
    this.places = [];
    this.onMove = () => {};
    this.onClick = () => {};
    this.grid = svg("path", { class: "grid" }, root);
    this.scale = svg("g", { class: "scale" }, root);
    svg("path", { class: "scale-line" }, this.scale);
    svg("text", { class: "scale-text", y: -7 }, this.scale);
    this.follow();
    new ResizeObserver(() => this.resized()).observe(root);
  }

  size() {
    const { width, height } = this.root.getBoundingClientRect();
    return { width: Math.max(width, 1), height: Math.max(height, 1) };
  }

  project(lat, lon) {
    const { width, height } = this.size_ ?? this.size();
    const east = (lon - this.middle.lon) * METRES_PER_DEGREE * Math.cos((this.middle.lat * Math.PI) / 180);
    const north = (lat - this.middle.lat) * METRES_PER_DEGREE;
    return { x: width / 2 + east / this.metresPerPixel, y: height / 2 - north / this.metresPerPixel };
  }

  unproject(x, y) {
    const { width, height } = this.size_ ?? this.size();
    const north = (height / 2 - y) * this.metresPerPixel;
    const east = (x - width / 2) * this.metresPerPixel;
    return {
      lat: this.middle.lat + north / METRES_PER_DEGREE,
      lon: this.middle.lon + east / (METRES_PER_DEGREE * Math.cos((this.middle.lat * Math.PI) / 180)),
    };
  }

  // Fit the view once for each key, so that later changes do not move the ground.
  cover(places, key) {
    this.places = places;
    if (this.covered === key || places.length === 0) return;
    this.covered = key;
    this.fit(false);
  }

  fit(tells = true) {
    if (this.places.length === 0) return;
    this.size_ = this.size();
    const { width, height } = this.size_;
    const lats = this.places.map((place) => place.lat);
    const lons = this.places.map((place) => place.lon);
    const [south, north] = [Math.min(...lats), Math.max(...lats)];
    const [west, east] = [Math.min(...lons), Math.max(...lons)];
    this.middle = { lat: (south + north) / 2, lon: (west + east) / 2 };
    const across = (east - west) * METRES_PER_DEGREE * Math.cos((this.middle.lat * Math.PI) / 180);
    const along = (north - south) * METRES_PER_DEGREE;
    this.metresPerPixel = Math.max(across / Math.max(width - 2 * MARGIN, 50), along / Math.max(height - 2 * MARGIN, 50), 0.5);
    this.fitted = this.metresPerPixel;
    this.drawGround();
    if (tells) this.onMove();
  }

  center(lat, lon) {
    this.middle = { lat, lon };
    this.drawGround();
    this.onMove();
  }

  zoom(factor, x = null, y = null) {
    const { width, height } = this.size_ ?? this.size();
    const at = this.unproject(x ?? width / 2, y ?? height / 2);
    this.metresPerPixel = Math.min(Math.max(this.metresPerPixel * factor, 0.3), 200);
    const moved = this.unproject(x ?? width / 2, y ?? height / 2);
    this.middle = { lat: this.middle.lat + at.lat - moved.lat, lon: this.middle.lon + at.lon - moved.lon };
    this.drawGround();
    this.onMove();
  }

  resized() {
    const before = this.size_;
    this.size_ = this.size();
    const wasHidden = !before || before.width < 10 || before.height < 10;
    if (wasHidden) this.fit(false);
    this.drawGround();
    this.onMove();
  }

  drawGround() {
    this.root.classList.add("is-still");
    const { width, height } = this.size_ ?? this.size();
    const step = STEPS_M.find((each) => each / this.metresPerPixel >= 70) ?? STEPS_M.at(-1);
    const gap = step / this.metresPerPixel;
    const lines = [];
    for (let x = (width / 2) % gap; x < width; x += gap) lines.push(`M${x.toFixed(1)} 0V${height}`);
    for (let y = (height / 2) % gap; y < height; y += gap) lines.push(`M0 ${y.toFixed(1)}H${width}`);
    this.grid.setAttribute("d", lines.join(""));
    this.scale.setAttribute("transform", `translate(${width - gap - 18} ${height - 16})`);
    this.scale.firstChild.setAttribute("d", `M0 -4V0H${gap.toFixed(1)}V-4`);
    this.scale.lastChild.textContent = step >= 1000 ? `${step / 1000} km` : `${step} m`;
    requestAnimationFrame(() => requestAnimationFrame(() => this.root.classList.remove("is-still")));
  }

  follow() {
    let from = null;
    let isDragging = false;
    this.root.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = this.root.getBoundingClientRect();
      this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    this.root.addEventListener("pointerdown", (event) => {
      from = { x: event.clientX, y: event.clientY };
      isDragging = false;
    });
    this.root.addEventListener("pointermove", (event) => {
      if (!from || !(event.buttons & 1)) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!isDragging && Math.hypot(dx, dy) < 4) return;
      isDragging = true;
      from = { x: event.clientX, y: event.clientY };
      const { width, height } = this.size_ ?? this.size();
      this.middle = this.unproject(width / 2 - dx, height / 2 - dy);
      this.drawGround();
      this.onMove();
    });
    this.root.addEventListener("click", (event) => {
      const box = this.root.getBoundingClientRect();
      if (!isDragging) this.onClick(this.unproject(event.clientX - box.left, event.clientY - box.top));
      from = null;
    });
  }
}
