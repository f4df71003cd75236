// Charts: Apache ECharts with one look, each with its figures as a table beside it.
(function (S) {
  'use strict';
  const h = S.h;
  const LETRA = "'Inter Variable', system-ui, sans-serif";
  S.colores = { ejecutado: '#1d4f91', programado: '#7a8699', suave: '#e3e6ea', tinta: '#3d4858', realce: '#b4532a' };

  S.ejes = {
    porcentaje: (nombre, maximo) => ({
      type: 'value', name: nombre, nameTextStyle: { color: S.colores.tinta, align: 'left' }, min: 0, max: maximo,
      axisLabel: { formatter: '{value} %', color: S.colores.tinta },
      splitLine: { lineStyle: { color: S.colores.suave } },
    }),
    meses: (meses) => ({
      type: 'category', data: meses, axisTick: { show: false },
      axisLine: { lineStyle: { color: S.colores.programado } },
      axisLabel: { color: S.colores.tinta },
    }),
  };

  const pendientes = new Set();
  let biblioteca = null;

  // The library is the heaviest file of a page: read once a chart is near the reader's eyes.
  function conBiblioteca() {
    biblioteca = biblioteca || new Promise((listo, mal) => {
      const guion = h('script', { src: `${S.d.raiz}assets/vendor/echarts.min.js` });
      guion.onload = listo;
      guion.onerror = mal;
      document.head.append(guion);
    });
    return biblioteca;
  }

  const cerca = new IntersectionObserver((vistos) => {
    for (const visto of vistos) {
      if (visto.isIntersecting) conBiblioteca().then(() => trazar(visto.target));
    }
  }, { rootMargin: '500px' });

  const pedidos = new WeakMap();

  function trazar(lienzo) {
    if (!pendientes.delete(lienzo) || !lienzo.isConnected) return;
    cerca.unobserve(lienzo);
    const { opciones, alTocar } = pedidos.get(lienzo);
    const dibujo = window.echarts.init(lienzo, null, { renderer: 'svg' });
    dibujo.setOption({
      animation: false,
      textStyle: { fontFamily: LETRA, color: S.colores.tinta },
      grid: { left: 8, right: 18, top: 44, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 18, itemHeight: 4, textStyle: { color: S.colores.tinta } },
      ...opciones,
      tooltip: {
        confine: true, appendTo: document.body, borderColor: S.colores.suave,
        textStyle: { color: '#1b2430', fontFamily: LETRA, fontSize: 13 }, ...opciones.tooltip,
      },
    });
    if (alTocar) dibujo.on('click', alTocar);
    new ResizeObserver(() => {
      if (!lienzo.isConnected || window.matchMedia('print').matches) return;
      dibujo.resize();
      escalable(lienzo);
    }).observe(lienzo);
    escalable(lienzo);
  }

  // Paper is narrower than the screen: there the drawing shrinks as a whole.
  function escalable(lienzo) {
    const svg = lienzo.querySelector('svg');
    svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
  }

  // resumen: what a screen reader hears; alTocar: click on a point.
  S.grafico = function grafico(caja, { opciones, resumen, tabla, alTocar, alto }) {
    const lienzo = h('div', {
      class: 'grafico', role: 'img', 'aria-label': resumen, style: `height:${alto || 300}px`,
    });
    S.vaciar(caja, lienzo, tabla && S.plegable('Ver como tabla', tabla));
    pedidos.set(lienzo, { opciones, alTocar });
    pendientes.add(lienzo);
    cerca.observe(lienzo);
  };

  // For paper: every chart that is still to be drawn.
  S.trazarTodo = () => conBiblioteca().then(() => [...pendientes].forEach(trazar));

  // A tooltip as an element: names from data are text.
  S.globo = (titulo, lineas) => h('div', { class: 'globo' }, h('b', {}, titulo),
    lineas.map(([nombre, valor]) => h('div', {}, h('span', {}, nombre), h('b', {}, valor))));

  window.addEventListener('beforeprint', () => {
    if (window.echarts) [...pendientes].forEach(trazar);
  });
})(window.Semaforo);
