// Each activity as a point: physical advance against that of its money.
(function (S) {
  'use strict';
  const h = S.h;
  const FORMAS = { rojo: 'rect', naranja: 'diamond', amarillo: 'triangle', verde: 'circle' };
  // Money has no cap: beyond this a point stands on the border, its figure in the tooltip.
  const TECHO = 150;
  // The points of a method without bands.
  const SIN_COLOR = { color: null, hex: S.colores.programado };
  S.secciones.dispersion = function dispersion(caja, p) {
    if (p.porVencer()) return S.vaciar(caja, h('p', { class: 'nota' }, p.espera()));
    const filas = p.aos.map((ao) => ({ ao, a: p.avance('AO', ao.lugar) }))
      .filter(({ a }) => a && a.avance_fisico_pct !== null && a.avance_financiero_pct !== null);
    if (!filas.length) return S.vaciar(caja, h('p', { class: 'nota' }, 'Ninguna actividad tiene los dos avances a este corte.'));
    const fuera = filas.filter(({ a }) => a.avance_financiero_pct > TECHO).length;
    S.grafico(caja, {
      resumen: `${S.f.entero(filas.length)} actividades por avance físico y del dinero a ${p.nombreCorte()}.`,
      opciones: {
        grid: { left: 8, right: 18, top: 44, bottom: 26, containLabel: true },
        xAxis: { ...S.ejes.porcentaje('Avance físico'), nameLocation: 'middle', nameGap: 30, max: (e) => Math.max(100, e.max) },
        yAxis: { ...S.ejes.porcentaje('Dinero', TECHO) },
        tooltip: {
          trigger: 'item', confine: true, formatter: (punto) => {
            const { ao, a } = punto.data.fila;
            return S.globo(ao.nombre, [['Físico', S.f.pct(a.avance_fisico_pct)], ['Dinero', S.f.pct(a.avance_financiero_pct)]]);
          },
        },
        legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12 },
        series: (p.sinBandas ? [SIN_COLOR] : S.bandas(p.metodo, 'fisico')).map((banda) => ({
          name: banda.color ? `${banda.letra} · ${S.f.mayuscula(banda.color)}` : 'Sin color',
          type: 'scatter', symbol: FORMAS[banda.color] || 'circle', symbolSize: 10,
          itemStyle: { color: banda.hex, opacity: 0.75, borderColor: banda.borde || '#fff', borderWidth: banda.borde ? 1.2 : 0.6 },
          data: filas.filter(({ a }) => a.semaforo_fisico === banda.color).map((fila) => ({
            value: [fila.a.avance_fisico_pct, Math.min(TECHO, fila.a.avance_financiero_pct)], fila,
          })),
        })),
      },
      alTocar: (suceso) => S.preguntar(S.pregunta.deActividad(suceso.data.fila.ao)),
      tabla: S.tabla({
        titulo: 'Avance físico y del dinero', filas,
        columnas: [
          { titulo: 'Actividad', fila: true, celda: (f) => S.pregunta.actividad(f.ao) },
          { titulo: 'Físico', clase: 'num', orden: (f) => f.a.avance_fisico_pct, celda: (f) => S.cifra(S.f.pct(f.a.avance_fisico_pct), S.pregunta.deActividad(f.ao)) },
          { titulo: 'Dinero', clase: 'num', orden: (f) => f.a.avance_financiero_pct, celda: (f) => S.f.pct(f.a.avance_financiero_pct) },
        ],
      }),
    });
    if (fuera) caja.append(h('p', { class: 'nota' }, fuera === 1
      ? `1 pasa de ${TECHO} % en dinero: está en el borde de arriba.`
      : `${S.f.entero(fuera)} pasan de ${TECHO} % en dinero: están en el borde de arriba.`));
    return caja;
  };
})(window.Semaforo);
