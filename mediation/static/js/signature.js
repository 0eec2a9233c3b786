/* The field to sign in: finger, pen or mouse. What is sent are the strokes themselves, each point with its time. */
"use strict";
(() => {
  const WIDTH = 1000;
  const HEIGHT = 400;
  const MOST = 6000;
  for (const field of document.querySelectorAll("canvas[data-signature]")) {
    const form = field.closest("form");
    const sent = form.elements.namedItem(field.dataset.signature);
    const pen = field.getContext("2d");
    let strokes = [];
    let current = null;
    let began = null;
    let count = 0;

    const place = (event) => {
      const box = field.getBoundingClientRect();
      const within = (value, most) => Math.min(Math.max(Math.round(value * most), 0), most);
      began ??= event.timeStamp;
      return [
        within((event.clientX - box.left) / box.width, WIDTH),
        within((event.clientY - box.top) / box.height, HEIGHT),
        Math.max(Math.round(event.timeStamp - began), 0),
      ];
    };
    const line = (from, to) => {
      pen.lineWidth = 7;
      pen.lineCap = "round";
      pen.lineJoin = "round";
      pen.strokeStyle = "#111";
      pen.beginPath();
      pen.moveTo(from[0], from[1]);
      pen.lineTo(to[0], to[1]);
      pen.stroke();
    };
    const keep = () => {
      sent.value = JSON.stringify(strokes);
    };
    const draw = () => {
      pen.clearRect(0, 0, WIDTH, HEIGHT);
      for (const stroke of strokes) {
        stroke.forEach((point, number) => line(stroke[Math.max(number - 1, 0)], point));
      }
    };

    field.addEventListener("pointerdown", (event) => {
      if (current || event.button > 0) return;
      event.preventDefault();
      field.setPointerCapture(event.pointerId);
      const point = place(event);
      current = { id: event.pointerId, points: [point] };
      strokes.push(current.points);
      count += 1;
      line(point, point);
    });
    field.addEventListener("pointermove", (event) => {
      if (!current || event.pointerId !== current.id || count >= MOST) return;
      event.preventDefault();
      const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const move of moves.length ? moves : [event]) {
        const point = place(move);
        const last = current.points.at(-1);
        if ((point[0] === last[0] && point[1] === last[1]) || count >= MOST) continue;
        current.points.push(point);
        count += 1;
        line(last, point);
      }
    });
    const lift = (event) => {
      if (!current || event.pointerId !== current.id) return;
      current = null;
      keep();
    };
    field.addEventListener("pointerup", lift);
    field.addEventListener("pointercancel", lift);
    form.querySelector("[data-signature-clear]").addEventListener("click", () => {
      strokes = [];
      current = null;
      began = null;
      count = 0;
      draw();
      keep();
    });
    // After a refusal the page comes back with what was drawn.
    try {
      const before = JSON.parse(sent.value || "[]");
      if (Array.isArray(before)) strokes = before;
      count = strokes.flat().length;
      draw();
    } catch {
      strokes = [];
    }
    form.addEventListener("submit", keep);
  }
})();
