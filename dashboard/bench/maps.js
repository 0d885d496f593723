// what the map bench asks of a page; see maps.py
window.benchMap = {
  fill(count) {
    const { areaMap, screen } = window.citybrain;
    const { geography } = screen;
    let seed = 1;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const finest = geography.at(geography.finest);
    const rows = Array.from({ length: count }, (_, at) => {
      const { lon, lat } = geography.areas[finest[Math.floor(random() * finest.length)]];
      const urgency = ["overdue", "due_soon", "open"][Math.min(2, Math.floor(random() * 40))];
      return { case_id: `bench-${at}`, urgency, lon: lon + (random() - 0.5) * 0.01, lat: lat + (random() - 0.5) * 0.01 };
    });
    areaMap.canvas.placeAll(rows);
    areaMap.canvas.crowd(false);
    return finest.length;
  },
  async pan(milliseconds) {
    const { canvas } = window.citybrain.areaMap;
    const [frames, work] = [[], []];
    const end = performance.now() + milliseconds;
    for (let at = 0, before = await frame(); before < end; at += 1) {
      canvas.map.panBy([at % 80 < 40 ? 8 : -8, at % 40 < 20 ? 4 : -4], { animate: false });
      const begun = performance.now();
      canvas.map.redraw();
      work.push(performance.now() - begun);
      const now = await frame();
      frames.push(now - before);
      before = now;
    }
    return { frames, work };
  },
  bare(hidden) {
    const { map } = window.citybrain.areaMap.canvas;
    for (const { id } of map.getStyle().layers) if (id !== "ground") map.setLayoutProperty(id, "visibility", hidden ? "none" : "visible");
  },
  async recolour() {
    const { areaMap, screen } = window.citybrain;
    const begun = performance.now();
    for (const id of screen.geography.at(screen.geography.finest)) areaMap.canvas.paint(screen.geography.finest, id, { value: Math.random() * 4 });
    await frame();
    return performance.now() - begun;
  },
  async reopen(times) {
    const { areaMap, screen } = window.citybrain;
    for (let turn = 0; turn < times; turn += 1) {
      const box = document.createElement("div");
      box.style.cssText = "position: fixed; width: 400px; height: 300px";
      document.body.append(box);
      const canvas = await areaMap.draw(box, { interactive: false });
      await canvas.idle();
      areaMap.canvases.pop();
      canvas.destroy();
      box.remove();
    }
    return screen.geography.finest;
  },
};

function frame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
