// Indicators, and what share of each objective's was achieved.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.indicadores = function indicadores(caja, p) {
    const filas = S.filas(S.d.indicadores).filter((i) => i.mes_corte === p.corte);
    const resultados = S.filas(S.d.resultados).filter((r) => r.mes_corte === p.corte);
    const luz = (color) => S.senal(p.metodo, 'indicador', color, null);
    const elemento = (i) => p.nombre(p.oei.has(i.elemento_id) ? 'OEI' : 'AEI', i.elemento_id);
    const logrado = (i) => (i.logrado === null ? S.f.NADA : i.logrado ? '✓ Logrado' : '✗ No logrado');
    const pregunta = (i) => () => ({
      antetitulo: `Indicador ${i.indicador_id} · a ${p.nombreCorte()}`, titulo: elemento(i),
      cifra: [luz(i.semaforo), h('strong', {}, S.f.pct(i.avance_pct))],
      regla: [p.frases.indicador],
      cuerpo: S.datos([
        ['Programado', S.f.cantidad(i.programado)], ['Obtenido', S.f.cantidad(i.obtenido)],
        ['Resultado', logrado(i)], ['Elemento', `${i.elemento_id} ${elemento(i)}`],
      ]),
    });
    // An objective's result counts all of its indicators, also those that are not measured yet.
    const sinResultado = (r, unos) => {
      const faltan = r.n_indicadores - unos.length;
      return faltan > 0 && r.resultado_pct !== null && h('p', { class: 'nota' },
        `${S.f.cuantos(faltan, 'indicador suyo no tiene resultado a este corte y cuenta', 'indicadores suyos no tienen resultado a este corte y cuentan')} como no logrado${faltan === 1 ? '' : 's'}.`);
    };
    const suyos = (r) => filas.filter((i) => i.oei_id === r.oei_id);
    const tablaDe = (titulo, unas) => S.tabla({
      titulo, filas: unas, clase: 'fichas', vacio: 'No hay resultados de indicadores a este corte.',
      columnas: [
        { titulo: 'Indicador', fila: true, orden: (i) => i.indicador_id, celda: (i) => [h('span', { class: 'codigo' }, i.indicador_id), ' ', elemento(i)] },
        { titulo: 'Semáforo', clase: 'centro', celda: (i) => luz(i.semaforo) },
        { titulo: 'Avance', clase: 'num', orden: (i) => i.avance_pct, celda: (i) => S.cifra(S.f.pct(i.avance_pct), pregunta(i)) },
        { titulo: 'Programado', clase: 'num', celda: (i) => S.f.cantidad(i.programado) },
        { titulo: 'Obtenido', clase: 'num', celda: (i) => S.f.cantidad(i.obtenido) },
        { titulo: 'Resultado', celda: logrado },
      ],
    });
    S.vaciar(caja,
      resultados.length > 0 && [h('h3', {}, 'Resultado por objetivo'),
        S.tabla({
          titulo: 'Resultado por objetivo', filas: resultados, clase: 'fichas',
          columnas: [
            { titulo: 'Objetivo', fila: true, celda: (r) => [h('span', { class: 'codigo' }, r.oei_id), ' ', p.nombre('OEI', r.oei_id)] },
            { titulo: 'Semáforo', clase: 'centro', celda: (r) => luz(r.semaforo) },
            { titulo: 'Resultado', clase: 'num', orden: (r) => r.resultado_pct, celda: (r) => S.cifra(S.f.pct(r.resultado_pct), () => ({
              antetitulo: `${r.oei_id} · a ${p.nombreCorte()}`, titulo: p.nombre('OEI', r.oei_id),
              cifra: [luz(r.semaforo), h('strong', {}, S.f.pct(r.resultado_pct))], regla: [p.frases.resultado],
              cuerpo: [tablaDe('Sus indicadores', suyos(r)), sinResultado(r, suyos(r))],
            })) },
            { titulo: 'Logrados', clase: 'num', celda: (r) => `${S.f.entero(r.n_logrados)} de ${S.f.entero(r.n_indicadores)}` },
          ],
        })],
      h('h3', {}, 'Indicadores'), tablaDe('Indicadores', filas));
  };
})(window.Semaforo);
