// Draws each .chart from the JSON beside it; the table below stays for readers without JavaScript, and folded for the others.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const tones = ["#1668dc", "#69b1ff", "#2b8a4a", "#d9822b", "#c62f2f", "#5b3ea8", "#8a96a5"];
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function options(spec) {
  const font = getComputedStyle(document.body);
  const text = { fontFamily: font.fontFamily, fontSize: parseFloat(font.fontSize) * 0.875, color: "#4d5663" };
  const values = { type: "value", name: spec.unit, nameTextStyle: text, axisLabel: text, minInterval: 1, splitLine: { lineStyle: { color: "#e9edf2" } } };
  const names = { type: "category", data: spec.labels, inverse: Boolean(spec.across), axisLabel: { ...text, hideOverlap: true, interval: spec.kind === "line" ? "auto" : 0, rotate: !spec.across && spec.kind === "bar" && spec.labels.length > 6 ? 35 : 0 }, axisTick: { show: false } };
  return {
    animation: !still,
    animationDuration: 200,
    color: tones,
    textStyle: text,
    aria: { enabled: true },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    legend: { show: spec.series.length > 1, right: 0, top: 0, itemWidth: 12, itemHeight: 12, textStyle: text },
    // richText: the HTML tooltip would need inline styles, which our content policy forbids.
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: spec.kind === "bar" ? "shadow" : "line" }, textStyle: { fontFamily: text.fontFamily, fontSize: 13 } },
    xAxis: spec.across ? values : names,
    yAxis: spec.across ? names : values,
    series: spec.series.map((line) => ({ name: line.name, type: spec.kind, data: line.values, stack: spec.stacked ? "all" : undefined, barMaxWidth: 28, symbolSize: 5, smooth: false })),
  };
}

for (const figure of document.querySelectorAll(".chart")) {
  const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const canvas = figure.querySelector(".canvas");
  canvas.hidden = false;
  const chart = init(canvas);
  chart.setOption(options(spec));
  window.addEventListener("resize", () => chart.resize());
  window.addEventListener("beforeprint", () => chart.resize({ width: 640 }));
  window.addEventListener("afterprint", () => chart.resize({ width: "auto" }));
  const table = figure.querySelector("details");
  if (table) table.open = false;
}
