// The S-curve: share of the year programmed and executed up to each month.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.curva = function curva(caja, p) {
    const puntos = p.cortes.map((corte) => p.entidad.get(corte));
    const meses = p.cortes.map((corte) => S.mes(corte).slice(0, 3));
    const hay = puntos.some((a) => a.ejecutado_anual_pct !== null);
    const serie = (nombre, campo, color, tipo, simbolo) => ({
      name: nombre, type: 'line', data: puntos.map((a) => a[campo]), symbol: simbolo, symbolSize: 8,
      lineStyle: { color, width: 2.5, type: tipo }, itemStyle: { color }, connectNulls: false,
      emphasis: { focus: 'series' },
    });
    S.grafico(caja, {
      resumen: `Curva S: a ${p.nombreCorte()}, programado ${S.f.pct(p.entidad.get(p.corte).programado_anual_pct)}` +
        (hay ? `, ejecutado ${S.f.pct(p.entidad.get(p.corte).ejecutado_anual_pct)}.` : '.'),
      opciones: {
        xAxis: S.ejes.meses(meses),
        yAxis: S.ejes.porcentaje('', 100),
        tooltip: {
          trigger: 'axis', confine: true, formatter: (series) => {
            const a = puntos[series[0].dataIndex];
            return S.globo(S.f.mayuscula(p.nombreCorte(a.mes_corte)), [
              ['Programado', S.f.pct(a.programado_anual_pct)],
              ...(hay ? [['Ejecutado', S.f.pct(a.ejecutado_anual_pct)]] : []),
            ]);
          },
        },
        series: [
          serie('Programado', 'programado_anual_pct', S.colores.programado, 'dashed', 'emptyCircle'),
          ...(hay ? [{
            ...serie('Ejecutado', 'ejecutado_anual_pct', S.colores.ejecutado, 'solid', 'rect'),
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
            S.cifra(S.f.pct(a.ejecutado_anual_pct), S.pregunta.deElemento('ENTIDAD', p.plan.entidad_id, 'anual', a.mes_corte)) },
        ],
      }),
    });
    caja.append(h('p', { class: 'nota' }, p.frases.anual));
  };
})(window.Semaforo);
