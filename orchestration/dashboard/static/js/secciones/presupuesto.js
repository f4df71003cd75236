// The budget of the plan's year, by line.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.presupuesto = function presupuesto(caja, p) {
    const filas = S.filas(S.d.presupuesto);
    const cortes = [...new Set(filas.map((f) => f.mes_corte))].sort((a, b) => a - b);
    // The budget has cortes of its own: the plan's where there is one, else its last.
    const corte = cortes.includes(p.corte) ? p.corte : cortes[cortes.length - 1];
    const deTipo = S.grupos(filas.filter((f) => f.mes_corte === corte), 'tipo');
    const TITULOS = { ingreso: 'Ingresos', gasto: 'Gastos' };
    const pregunta = (f) => () => ({
      antetitulo: `${TITULOS[f.tipo]} · a ${p.nombreCorte(corte)}`, titulo: f.rubro === 'TOTAL' ? 'Total' : f.rubro,
      cifra: h('strong', {}, S.f.pct(f.avance_pim_pct)), regla: [p.frases.presupuesto],
      cuerpo: S.datos([
        ['PIA', `${p.moneda} ${S.f.dinero(f.pia)}`], ['Modificación', `${p.moneda} ${S.f.dinero(f.modificacion)}`],
        ['PIM', `${p.moneda} ${S.f.dinero(f.pim)}`], ['Ejecución', `${p.moneda} ${S.f.dinero(f.ejecucion)}`],
      ]),
    });
    S.vaciar(caja,
      h('p', { class: 'nota' }, `En ${p.moneda}, a ${p.nombreCorte(corte)}.`),
      [...deTipo].map(([tipo, unas]) => [h('h3', {}, TITULOS[tipo] || tipo), S.tabla({
        titulo: TITULOS[tipo] || tipo, filas: unas, clase: 'fichas',
        alFila: (f) => ({ class: f.rubro === 'TOTAL' ? 'total' : null }),
        columnas: [
          { titulo: 'Rubro', fila: true, celda: (f) => (f.rubro === 'TOTAL' ? 'Total' : f.rubro) },
          { titulo: 'PIA', clase: 'num', celda: (f) => S.f.dinero(f.pia) },
          { titulo: 'PIM', clase: 'num', celda: (f) => S.f.dinero(f.pim) },
          { titulo: 'Modificación', clase: 'num', celda: (f) => S.f.dinero(f.modificacion) },
          { titulo: 'Ejecución', clase: 'num', celda: (f) => S.f.dinero(f.ejecucion) },
          { titulo: 'Avance', clase: 'num', celda: (f) => S.cifra(S.f.pct(f.avance_pim_pct), pregunta(f)) },
        ],
      })]));
  };
})(window.Semaforo);
