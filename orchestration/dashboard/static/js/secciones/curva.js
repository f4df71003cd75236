// The S-curve: share of the year programmed and executed up to each month.
(function (S) {
  'use strict';
  const h = S.h;
  const PASO = 20;

  // The last month with anything programmed, of the activities whose months are known.
  function ultimoProgramado(p) {
    let ultimo = 0;
    for (const ao of p.aos) for (const m of p.metas(ao.lugar)) if (m.programado_fisico > 0) ultimo = Math.max(ultimo, m.mes);
    return ultimo;
  }

  S.secciones.curva = function curva(caja, p) {
    const puntos = p.cortes.map((corte) => p.entidad.get(corte));
    const meses = p.cortes.map((corte) => S.mes(corte).slice(0, 3));
    const ejecutado = (a) => (p.porVencer(a.mes_corte) ? null : a.ejecutado_anual_pct);
    const hay = puntos.some((a) => ejecutado(a) !== null);
    const techo = Math.max(100, ...puntos.map((a) => a.programado_anual_pct));
    const serie = (nombre, valor, color, tipo, simbolo) => ({
      name: nombre, type: 'line', data: puntos.map(valor), symbol: simbolo, symbolSize: 8,
      lineStyle: { color, width: 2.5, type: tipo }, itemStyle: { color }, connectNulls: false,
      emphasis: { focus: 'series' },
    });
    S.grafico(caja, {
      resumen: `Curva S: a ${p.nombreCorte()}, programado ${S.f.pct(p.entidad.get(p.corte).programado_anual_pct)}` +
        (hay ? `, ejecutado ${S.f.pct(ejecutado(p.entidad.get(p.corte)))}.` : '.'),
      opciones: {
        xAxis: S.ejes.meses(meses),
        yAxis: S.ejes.porcentaje('', Math.ceil(techo / PASO) * PASO),
        tooltip: {
          trigger: 'axis', confine: true, formatter: (series) => {
            const a = puntos[series[0].dataIndex];
            return S.globo(S.f.mayuscula(p.nombreCorte(a.mes_corte)), [
              ['Programado', S.f.pct(a.programado_anual_pct)],
              ...(hay ? [['Ejecutado', p.porVencer(a.mes_corte) ? 'por vencer' : S.f.pct(a.ejecutado_anual_pct)]] : []),
            ]);
          },
        },
        series: [
          serie('Programado', (a) => a.programado_anual_pct, S.colores.programado, 'dashed', 'emptyCircle'),
          ...(hay ? [{
            ...serie('Ejecutado', ejecutado, S.colores.ejecutado, 'solid', 'rect'),
            areaStyle: { color: S.colores.ejecutado, opacity: 0.07 },
          }] : []),
        ],
      },
      alTocar: (suceso) => S.preguntar(S.pregunta.deElemento('ENTIDAD', p.plan.entidad_id, 'anual', p.cortes[suceso.dataIndex])),
      tabla: S.tabla({
        titulo: 'Curva S', filas: puntos,
        columnas: [
          { titulo: 'Corte', fila: true, celda: (a) => S.f.mayuscula(S.mes(a.mes_corte)) },
          { titulo: 'Programado', clase: 'num', celda: (a) => S.f.pct(a.programado_anual_pct) },
          { titulo: 'Ejecutado', clase: 'num', celda: (a) =>
            S.cifra(S.f.pct(ejecutado(a)), S.pregunta.deElemento('ENTIDAD', p.plan.entidad_id, 'anual', a.mes_corte)) },
        ],
      }),
    });
    const hasta = ultimoProgramado(p);
    S.poner(caja, [h('p', { class: 'nota' }, p.frases.anual),
      p.ultimoExigible === 0 && h('p', { class: 'nota' }, p.espera()),
      hasta > 0 && hasta < 12 && h('p', { class: 'nota' },
        `La programación cargada llega hasta ${p.nombreCorte(hasta)}: ahí lo programado alcanza el 100 %.`)]);
  };
})(window.Semaforo);
