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

  function options(spec) {
    if (spec.kind === "pie") return pie(spec);
    const ink = document.body.classList.contains("board") ? "#f4f1e8" : colour("ink-2");
    const rem = parseFloat(root.fontSize);
    const size = Math.round(rem * (document.body.classList.contains("board") ? 1.9 : 0.87));
    const text = { color: ink, fontSize: size, fontFamily: colour("sans") };
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
      legend: { show: spec.series.length > 1, textStyle: text, top: 0, right: 0, icon: "roundRect" },
      grid: { left: 4, right: 24, top: spec.series.length > 1 || (spec.unit && !lying) ? size * 3 : 12, bottom: 4, containLabel: true },
      xAxis: lying ? numbers : names,
      yAxis: lying ? { ...names, inverse: true } : numbers,
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

  function draw(figure) {
    const spec = JSON.parse(figure.querySelector("[data-chart-spec]").textContent);
    const canvas = figure.querySelector("[data-chart]");
    canvas.classList.add("is-drawn");
    const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
    drawn.add(chart);
    chart.setOption(options(spec));
    if (spec.links) chart.on("click", (point) => { if (spec.links[point.dataIndex]) location.assign(spec.links[point.dataIndex]); });
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
