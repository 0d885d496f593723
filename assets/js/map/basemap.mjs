/** Streets and water under the areas, from a PMTiles file on this machine: raster tiles, or vector ones in this map's own colours. */

import { library as script } from "../core/library.mjs";
import { address } from "../core/page.mjs";
import { token } from "./style.mjs";

const WATER = /water|ocean|river/;
const LINES = /road|street|transport|highway|boundar|rail|path/;

/** @param {any} map @param {any} library MapLibre */
export async function addBasemap(map, library) {
  const pmtiles = await script("assets/vendor/pmtiles/pmtiles.min.js", () => /** @type {any} */ (window).pmtiles);
  const protocol = new pmtiles.Protocol();
  const file = new pmtiles.PMTiles(address("geo/basemap.pmtiles"));
  protocol.add(file);
  library.addProtocol("pmtiles", protocol.tile);
  const [{ tileType }, metadata] = await Promise.all([file.getHeader(), file.getMetadata()]);
  const vector = tileType === pmtiles.TileType.Mvt;
  map.addSource("basemap", { type: vector ? "vector" : "raster", url: `pmtiles://${file.source.getKey()}`, ...(vector ? {} : { tileSize: 256 }) });
  const layers = vector ? (metadata.vector_layers ?? []).map(drawn).filter(Boolean) : [{ id: "basemap", type: "raster", source: "basemap" }];
  const lowest = map.getStyle().layers[1]?.id;
  for (const layer of layers) map.addLayer(layer, lowest);
}

/** How a layer of vector tiles is drawn, by its name. @param {{id: string}} layer */
function drawn({ id }) {
  const base = { id: `basemap-${id}`, source: "basemap", "source-layer": id };
  if (WATER.test(id)) return { ...base, type: "fill", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": token("--map-water") } };
  if (LINES.test(id)) return { ...base, type: "line", paint: { "line-color": token("--map-town-line"), "line-width": 1, "line-opacity": 0.6 } };
  return null;
}
