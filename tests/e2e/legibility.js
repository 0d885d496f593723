/** Every visible text of the screen: where it is, how large its ink is, what it stands on; and what is cut. */
() => {
  const HAN = /[\u3400-\u9fff]/;
  const pen = document.createElement("canvas").getContext("2d");
  const inks = new Map();
  const screen = document.getElementById("screen");

  /** Height of a script's ink, in pixels, as this font draws it. */
  const ink = (style, han) => {
    const font = `${style.fontWeight} 200px ${style.fontFamily}`;
    const key = `${font} ${han}`;
    if (!inks.has(key)) {
      pen.font = font;
      const glyph = pen.measureText(han ? "\u56fd\u671f\u4e8b\u4eca" : "H0");
      inks.set(key, (glyph.actualBoundingBoxAscent + glyph.actualBoundingBoxDescent) / 200);
    }
    return inks.get(key);
  };

  const channels = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };

  /** What a text stands on: the nearest opaque ground; on a map its halo, else the lightest shade there is. */
  const ground = (element) => {
    const halo = /rgba?\([^)]*\)/.exec(getComputedStyle(element).textShadow)?.[0];
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.8) return colour;
      if (at.matches(".map")) return channels(halo ?? getComputedStyle(document.documentElement).getPropertyValue("--sequential-5"));
    }
    return channels(getComputedStyle(document.body).backgroundColor);
  };

  /** The part of a box that no ancestor cuts away. */
  const shown = (element, box) => {
    let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const around = at.getBoundingClientRect();
      [left, top] = [Math.max(left, around.left), Math.max(top, around.top)];
      [right, bottom] = [Math.min(right, around.right), Math.min(bottom, around.bottom)];
    }
    return { width: right - left, height: bottom - top };
  };

  /** Whether a text reaches out of its panel's place, where another one may cover it. */
  const astray = (element, [left, top, right, bottom]) => {
    const place = element.closest("[data-slot][data-look]")?.getBoundingClientRect();
    return place !== undefined && (left < place.left - 4 || top < place.top - 4 || right > place.right + 4 || bottom > place.bottom + 4);
  };

  const texts = [];
  const walker = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (!text || element.closest(".announcer, script, style")) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const style = getComputedStyle(element);
    const scale = element.namespaceURI.endsWith("svg") ? element.getScreenCTM().a : 1;
    const size = parseFloat(style.fontSize) * scale;
    const han = HAN.test(text);
    for (const box of range.getClientRects()) {
      if (box.width < 2) continue;
      const seen = shown(element, box);
      if (seen.width < 2 || seen.height < size * 0.3) continue;
      const middle = (box.top + box.bottom) / 2;
      const half = (size * ink(style, han)) / 2;
      texts.push({
        panel: element.closest("[data-slot]")?.dataset.slot ?? element.closest("header")?.className ?? "screen",
        role: element.closest(".metrics-headline .metric-number, .focus-clock, [data-look='lines'] > .facts .metric-number") && element.matches(".value") ? "headline" : element.matches("h2, .area-label, .focus-side") && !element.closest(".metrics-stat, .day, .map-inset") ? "label" : "body",
        text: text.slice(0, 40), han, ink: size * ink(style, han), size, bold: Number(style.fontWeight) >= 600,
        colour: channels(style.fill && element.namespaceURI.endsWith("svg") ? style.fill : style.color),
        ground: ground(element),
        astray: astray(element, [box.left, middle - half, box.right, middle + half]),
        box: [box.left, middle - half, box.right, middle + half],
        cut: seen.width < box.width - 2 || seen.height < 2 * half - 2 || (style.textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth + 1),
      });
    }
  }
  const signal = (name) => channels(getComputedStyle(document.documentElement).getPropertyValue(name));
  return {
    texts,
    signals: Object.fromEntries(["--signal-overdue", "--signal-urgent", "--signal-not-live", "--text-primary"].map((name) => [name, signal(name)])),
    size: [innerWidth, innerHeight],
    ratio: devicePixelRatio,
    layout: screen.dataset.layout,
    dropped: screen.dataset.dropped,
  };
}
