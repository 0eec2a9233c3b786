/* Charts from the data block beside them, in the colours of the house. The same numbers stand in a table below. */
"use strict";
(() => {
  const root = getComputedStyle(document.documentElement);
  const colour = (name) => root.getPropertyValue(`--${name}`).trim();
  const palette = () => [colour("court"), colour("soon"), colour("done"), "#6b7f99", "#7a5c86", colour("line-firm")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const drawn = new Set();

  // A pie has no words of its own: the table beside it carries the same colours, in the same order.
  function pie(spec) {
    const slices = spec.labels.map((name, index) => ({ name, value: spec.series[0].values[index], itemStyle: { color: colour(`slice-${index % 12}`) } }));
    const ground = getComputedStyle(document.body).backgroundColor;
    return {
      animation: false,
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      tooltip: { trigger: "item", renderMode: "richText", formatter: (point) => `${point.name}: ${point.value} (${spec.shares[point.dataIndex]} %)` },
      series: [{ type: "pie", radius: ["28%", "96%"], label: { show: false }, itemStyle: { borderColor: ground, borderWidth: 3 }, data: slices }],
    };
  }

  const ink = () => (document.body.classList.contains("board") ? "#f4f1e8" : colour("ink-2"));
  const letters = () => ({ color: ink(), fontSize: Math.round(parseFloat(root.fontSize) * 0.87), fontFamily: colour("sans") });
  const base = () => ({ animation: !calm, animationDuration: 300, textStyle: letters(), tooltip: { renderMode: "richText" } });
  const said = (name, value) => `${name} ${value === null || value === undefined ? "—" : value}`;

  // The causes, each below the one it belongs to; two levels stand open.
  function tree(spec) {
    const node = (one) => ({ name: one.name, value: one.value, children: one.children.map(node) });
    const words = { ...letters(), position: "right", align: "left", verticalAlign: "middle", distance: 7, formatter: (point) => said(point.name, point.value) };
    // What has causes below it stands above its line.
    const above = { ...words, verticalAlign: "bottom", offset: [0, -3] };
    return {
      ...base(),
      tooltip: { renderMode: "richText", formatter: (point) => said(point.name, point.value) },
      series: [{
        type: "tree", data: [node(spec.root)], orient: "LR", edgeShape: "polyline", initialTreeDepth: 2, roam: false,
        left: 8, right: "34%", top: 8, bottom: 8, symbol: "circle", symbolSize: 8, expandAndCollapse: true,
        itemStyle: { color: colour("court"), borderColor: colour("court") }, lineStyle: { color: colour("line-firm"), width: 1 },
        label: above, leaves: { label: words },
      }],
    };
  }

  function heat(spec) {
    const most = Math.max(1, ...spec.cells.map((cell) => cell[2] || 0));
    const axis = (data) => ({ type: "category", data, axisLabel: letters(), axisTick: { show: false }, axisLine: { lineStyle: { color: colour("line-firm") } }, splitArea: { show: false } });
    const dark = most * 0.55;
    return {
      ...base(),
      tooltip: { renderMode: "richText", formatter: (point) => `${spec.lines[point.value[1]]} ${spec.columns[point.value[0]]}:00  ${point.value[2] ?? "—"}` },
      grid: { left: 4, right: 12, top: 8, bottom: 56, containLabel: true },
      xAxis: axis(spec.columns), yAxis: { ...axis(spec.lines), inverse: true },
      visualMap: { min: 0, max: most, orient: "horizontal", left: "center", bottom: 0, itemWidth: 12, itemHeight: 120, textStyle: letters(), inRange: { color: ["#f3f6f6", "#7fa3ad", colour("court")] } },
      series: [{
        type: "heatmap", itemStyle: { borderColor: "#fff", borderWidth: 1 },
        data: spec.cells.map((cell) => ({ value: cell.map((part) => part ?? "-"), label: { color: (cell[2] || 0) > dark ? "#fff" : colour("ink") } })),
        label: { show: true, ...letters(), formatter: (point) => point.value[2] || "" },
      }],
    };
  }

  function flow(spec) {
    const names = Object.fromEntries(spec.nodes.map((one) => [one.id, one.name]));
    const colours = palette();
    return {
      ...base(),
      animation: false,
      tooltip: { renderMode: "richText", formatter: (point) => (point.dataType === "edge" ? `${names[point.data.source]} → ${names[point.data.target]}  ${point.value}` : said(names[point.name], point.value)) },
      series: [{
        type: "sankey", left: 4, right: "17%", top: 8, bottom: 8, nodeWidth: 12, nodeGap: 14, draggable: false, layoutIterations: 32,
        label: { ...letters(), formatter: (point) => said(names[point.name], point.value) },
        emphasis: { focus: "adjacency" },
        lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 },
        data: spec.nodes.map((one, index) => ({ name: one.id, depth: one.stage, itemStyle: { color: colours[index % colours.length] } })),
        links: spec.links.map((one) => ({ source: one.from, target: one.to, value: one.value })),
      }],
    };
  }

  const SPECIAL = { pie, tree, heat, flow };

  // On a narrow screen the names of the lines stand under the chart, clear of the unit above it.
  function options(spec, width) {
    if (SPECIAL[spec.kind]) return SPECIAL[spec.kind](spec);
    const rem = parseFloat(root.fontSize);
    const below = width < 36 * rem && spec.series.length > 1;
    const size = Math.round(rem * (document.body.classList.contains("board") ? 1.9 : 0.87));
    const text = { color: ink(), fontSize: size, fontFamily: colour("sans") };
    const names = { type: "category", data: spec.labels, axisLabel: { ...text, interval: "auto" }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("line-firm") } } };
    const numbers = { type: "value", name: spec.unit || "", nameTextStyle: text, axisLabel: text, splitLine: { lineStyle: { color: colour("hairline") } }, minInterval: spec.decimals ? 0 : 1 };
    const lying = spec.kind === "bar" && spec.labels.some((label) => label.length > 6);
    return {
      color: palette(),
      animation: !calm,
      animationDuration: 300,
      textStyle: text,
      // Rich text keeps the tooltip on the canvas: the page's policy allows no style written into HTML.
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: spec.kind === "bar" ? "shadow" : "line" } },
      legend: { show: spec.series.length > 1, textStyle: text, ...(below ? { bottom: 0, left: "center" } : { top: 0, right: 0 }), icon: "roundRect" },
      grid: { left: 4, right: 24, top: spec.series.length > 1 || (spec.unit && !lying) ? size * 3 : 12, bottom: below ? size * 2.6 : 4, containLabel: true },
      xAxis: lying ? numbers : names,
      yAxis: lying ? { ...names, inverse: true, axisLabel: { ...names.axisLabel, interval: 0 } } : numbers,
      series: spec.series.map((one, index) => ({
        name: one.name,
        type: spec.kind,
        stack: spec.stacked ? "all" : undefined,
        data: one.values,
        barMaxWidth: 28,
        symbol: ["circle", "rect", "triangle", "diamond"][index % 4],
        symbolSize: 7,
        lineStyle: { width: 2, type: ["solid", "dashed", "dotted"][index % 3] },
        label: { show: spec.kind === "bar" && spec.series.length === 1, position: lying ? "right" : "top", ...text },
        markLine: one.breaks ? { silent: true, symbol: "none", label: { formatter: "{b}", ...text }, data: one.breaks.map((each) => ({ xAxis: each.at, name: each.name })) } : undefined,
      })),
    };
  }

  // Every point of a chart with its words, in the order in which the arrow keys go through them.
  function points(spec) {
    if (spec.kind === "pie") return [];
    if (spec.kind === "heat") return spec.cells.map((cell, index) => ({ dataIndex: index, text: said(`${spec.lines[cell[1]]} ${spec.columns[cell[0]]}:00`, cell[2]) }));
    if (spec.kind === "flow") {
      const names = Object.fromEntries(spec.nodes.map((one) => [one.id, one.name]));
      return spec.links.map((one, index) => ({ dataIndex: index, dataType: "edge", text: said(`${names[one.from]} → ${names[one.to]}`, one.value) }));
    }
    if (spec.kind === "tree") {
      const found = [];
      const visit = (one) => { found.push({ name: one.name, text: said(one.name, one.value) }); one.children.forEach(visit); };
      visit(spec.root);
      return found;
    }
    return spec.labels.map((label, index) => ({ dataIndex: index, text: `${label}: ${spec.series.map((one) => said(one.name, one.values[index])).join(", ")}` }));
  }

  // The arrow keys go through the points and say each; Home and End go to the first and the last.
  function reachable(canvas, chart, spec) {
    const all = points(spec);
    const voice = canvas.parentElement.querySelector("[data-chart-voice]");
    if (!all.length || !voice) return;
    let at = -1;
    canvas.tabIndex = 0;
    canvas.addEventListener("keydown", (event) => {
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (event.key === "Enter" && spec.links && spec.links[at] && spec.kind !== "flow") location.assign(spec.links[at]);
      if (to === undefined) return;
      event.preventDefault();
      at = Math.max(0, Math.min(all.length - 1, to));
      voice.textContent = all[at].text;
      const { text, ...which } = all[at];
      chart.dispatchAction({ type: "downplay", seriesIndex: 0 });
      chart.dispatchAction({ type: "showTip", seriesIndex: 0, ...which });
      chart.dispatchAction({ type: "highlight", seriesIndex: 0, ...which });
    });
    canvas.addEventListener("blur", () => chart.dispatchAction({ type: "hideTip" }));
  }

  // The chart as a picture, as large as it stands on the page and twice as fine.
  function savable(figure, chart) {
    const button = figure.querySelector("[data-save-chart]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#ffffff" });
      link.download = `${figure.querySelector("[data-chart]").getAttribute("aria-label")}.png`;
      link.click();
    });
  }

  function draw(figure) {
    const spec = JSON.parse(figure.querySelector("[data-chart-spec]").textContent);
    const canvas = figure.querySelector("[data-chart]");
    canvas.classList.add("is-drawn");
    const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
    drawn.add(chart);
    chart.setOption(options(spec, canvas.clientWidth));
    reachable(canvas, chart, spec);
    savable(figure, chart);
    if (spec.links && spec.kind !== "flow") chart.on("click", (point) => { if (spec.links[point.dataIndex]) location.assign(spec.links[point.dataIndex]); });
    new ResizeObserver(() => chart.resize()).observe(canvas);
  }

  function spark(span) {
    const points = JSON.parse(span.dataset.spark);
    const known = points.filter((value) => value !== null);
    if (known.length < 2) return;
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const place = (value, index) => `${(index * 100) / (points.length - 1)},${29 - (28 * (value - low)) / (high - low || 1)}`;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 100 30");
    svg.setAttribute("preserveAspectRatio", "none");
    // A gap in the figures is a gap in the line.
    points.reduce((runs, value, index) => {
      if (value === null) runs.push([]);
      else runs[runs.length - 1].push(place(value, index));
      return runs;
    }, [[]]).filter((run) => run.length > 1).forEach((run) => {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
      line.setAttribute("points", run.join(" "));
      svg.append(line);
    });
    span.append(svg);
  }

  function renew() {
    drawn.forEach((chart) => {
      if (chart.getDom().isConnected) return;
      chart.dispose();
      drawn.delete(chart);
    });
    document.querySelectorAll("figure.chart").forEach((figure) => { if (!figure.querySelector(".is-drawn")) draw(figure); });
  }

  document.querySelectorAll("[data-spark]").forEach(spark);
  if (window.echarts) {
    document.querySelectorAll("figure.chart").forEach(draw);
    document.addEventListener("renewed", renew);
  }
})();
