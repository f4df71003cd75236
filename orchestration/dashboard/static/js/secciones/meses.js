// Physical and money advance at each corte.
(function (S) {
  'use strict';
  const h = S.h;
  const VACIO = { avance_fisico_pct: null, avance_parcial_pct: null, avance_financiero_pct: null };
  S.secciones.meses = function meses(caja, p) {
    if (p.ultimoExigible === 0) return S.vaciar(caja, h('p', { class: 'nota' }, p.espera()));
    const puntos = p.cortes.map((corte) => {
      const a = p.entidad.get(corte);
      return p.porVencer(corte) ? { ...a, ...VACIO } : a;
    });
    const vencidos = puntos.filter((a) => !p.porVencer(a.mes_corte));
    const parcial = puntos.some((a) => a.avance_fisico_pct === null && a.avance_parcial_pct !== null);
    const dinero = puntos.some((a) => a.avance_financiero_pct !== null);
    const columna = (a) => {
      const banda = p.banda(a);
      if (!banda) return { color: S.colores.suave };
      return banda.borde ? { color: banda.hex, borderColor: banda.borde, borderWidth: 1 } : { color: banda.hex };
    };
    return S.grafico(caja, {
      resumen: `Avance a cada corte: ${vencidos.map((a) => `${S.mes(a.mes_corte)} ${S.f.pct(a.avance_fisico_pct === null ? a.avance_parcial_pct : a.avance_fisico_pct)}`).join(', ')}.`,
      opciones: {
        xAxis: S.ejes.meses(p.cortes.map((corte) => S.mes(corte).slice(0, 3))),
        yAxis: S.ejes.porcentaje(''),
        legend: { top: 0, left: 0, data: ['Físico', ...(parcial ? ['Físico parcial'] : []), ...(dinero ? ['Dinero'] : [])], itemWidth: 14, itemHeight: 10 },
        tooltip: {
          trigger: 'axis', confine: true, axisPointer: { type: 'shadow' }, formatter: (series) => {
            const a = puntos[series[0].dataIndex];
            const titulo = S.f.mayuscula(p.nombreCorte(a.mes_corte));
            if (p.porVencer(a.mes_corte)) return S.globo(titulo, [['Registro', 'por vencer']]);
            return S.globo(titulo, [
              ['Físico', a.avance_fisico_pct === null ? S.f.palabras(S.estado(a)) : S.f.pct(a.avance_fisico_pct)],
              ['Físico parcial', S.f.pct(a.avance_parcial_pct)],
              ['Dinero', S.f.pct(a.avance_financiero_pct)],
            ]);
          },
        },
        series: [
          {
            name: 'Físico', type: 'bar', barMaxWidth: 30, stack: 'fisico', itemStyle: { color: S.colores.tinta, borderRadius: [3, 3, 0, 0] },
            data: puntos.map((a) => ({
              value: a.avance_fisico_pct, itemStyle: columna(a),
              label: { show: a.avance_fisico_pct !== null && !!p.banda(a), position: 'insideBottom', distance: 8, fontWeight: 700,
                color: p.banda(a) ? p.banda(a).tinta : '#000', formatter: () => p.banda(a).letra },
            })),
          },
          ...(parcial ? [{
            name: 'Físico parcial', type: 'bar', barMaxWidth: 30, stack: 'fisico',
            itemStyle: { color: '#f1f2f4', borderColor: S.colores.programado, borderType: 'dashed', borderWidth: 1.2 },
            data: puntos.map((a) => (a.avance_fisico_pct === null ? a.avance_parcial_pct : null)),
          }] : []),
          ...(dinero ? [{
            name: 'Dinero', type: 'line', symbol: 'diamond', symbolSize: 9,
            lineStyle: { color: S.colores.realce, width: 2 }, itemStyle: { color: S.colores.realce },
            data: puntos.map((a) => a.avance_financiero_pct),
          }] : []),
        ],
      },
      alTocar: (suceso) => S.preguntar(S.pregunta.deElemento('ENTIDAD', p.plan.entidad_id,
        suceso.seriesName === 'Dinero' ? 'dinero' : 'fisico', p.cortes[suceso.dataIndex])),
      tabla: S.tabla({
        titulo: 'Avance por corte', filas: vencidos,
        columnas: [
          { titulo: 'Corte', fila: true, celda: (a) => S.f.mayuscula(S.mes(a.mes_corte)) },
          { titulo: 'Semáforo', celda: (a) => p.senal(a) },
          { titulo: 'Físico', clase: 'num', celda: (a) => S.cifra(S.f.pct(a.avance_fisico_pct), S.pregunta.deElemento('ENTIDAD', p.plan.entidad_id, 'fisico', a.mes_corte)) },
          { titulo: 'Parcial', clase: 'num', celda: (a) => S.f.pct(a.avance_parcial_pct) },
          { titulo: 'Dinero', clase: 'num', celda: (a) => S.cifra(S.f.pct(a.avance_financiero_pct), S.pregunta.deElemento('ENTIDAD', p.plan.entidad_id, 'dinero', a.mes_corte)) },
        ],
      }),
    });
  };
})(window.Semaforo);
