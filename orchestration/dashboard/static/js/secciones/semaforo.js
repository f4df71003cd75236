// How many activities, actions, objectives and indicators have each colour.
(function (S) {
  'use strict';
  const h = S.h;
  const NIVELES = [
    ['AO', 'Actividades (AO)'], ['AEI', 'Acciones (AEI)'], ['OEI', 'Objetivos (OEI)'],
    ['IND_AEI', 'Indicadores de acciones'], ['IND_OEI', 'Indicadores de objetivos'],
  ];

  function elementos(p, nivel, color) {
    const dibujar = {
      AO: () => p.aos.filter((ao) => (p.avance('AO', ao.lugar) || {}).semaforo_fisico === color)
        .map((ao) => [ao.actividad_id, ao.nombre, p.avance('AO', ao.lugar).avance_fisico_pct, S.pregunta.deActividad(ao)]),
      AEI: () => p.aeis.filter((aei) => (p.avance('AEI', aei.aei_id) || {}).semaforo_fisico === color)
        .map((aei) => [aei.aei_id, aei.nombre, p.avance('AEI', aei.aei_id).avance_fisico_pct, S.pregunta.deElemento('AEI', aei.aei_id)]),
      OEI: () => p.oeis.filter((oei) => (p.avance('OEI', oei.oei_id) || {}).semaforo_fisico === color)
        .map((oei) => [oei.oei_id, oei.nombre, p.avance('OEI', oei.oei_id).avance_fisico_pct, S.pregunta.deElemento('OEI', oei.oei_id)]),
    };
    if (dibujar[nivel]) return dibujar[nivel]();
    const deObjetivo = nivel === 'IND_OEI';
    return S.filas(S.d.indicadores)
      .filter((i) => i.mes_corte === p.corte && i.semaforo === color && p.oei.has(i.elemento_id) === deObjetivo)
      .map((i) => [i.indicador_id, p.nombre(deObjetivo ? 'OEI' : 'AEI', i.elemento_id), i.avance_pct, null]);
  }

  function pregunta(p, nivel, titulo, banda) {
    return () => ({
      antetitulo: `A ${p.nombreCorte()}`,
      titulo: `${titulo} en ${banda.color}`,
      regla: [`${S.f.mayuscula(banda.color)}: ${banda.etiqueta}.`, nivel === 'AO' ? p.frases.avance : p.frases[nivel] || p.frases.indicador],
      cuerpo: S.tabla({
        titulo, filas: elementos(p, nivel, banda.color), vacio: `Ningún elemento está en ${banda.color} a este corte.`,
        columnas: [
          { titulo: 'Elemento', fila: true, celda: ([codigo, nombre]) => [h('span', { class: 'codigo' }, codigo), ' ', nombre] },
          { titulo: 'Avance', clase: 'num', celda: ([, , avance, mas]) => (mas ? S.cifra(S.f.pct(avance), mas) : S.f.pct(avance)) },
        ],
      }),
    });
  }

  S.secciones.semaforo = function semaforo(caja, p) {
    if (p.porVencer()) return S.vaciar(caja, h('p', { class: 'nota' }, p.espera()));
    const cuentas = S.grupos(S.filas(S.d.semaforizacion).filter((f) => f.mes_corte === p.corte), 'nivel');
    const filas = NIVELES.filter(([nivel]) => (cuentas.get(nivel) || []).some((f) => f.cantidad > 0));
    if (!filas.length) return S.vaciar(caja, h('p', { class: 'nota' }, 'Sin elementos con color a este corte.'));
    return S.vaciar(caja, filas.map(([nivel, titulo]) => {
      const ambito = nivel.startsWith('IND') ? 'indicador' : 'fisico';
      const de = S.por(cuentas.get(nivel), 'color');
      const bandas = S.bandas(p.metodo, ambito).filter((b) => de.has(b.color));
      return h('div', { class: 'nivel' }, h('h3', {}, titulo),
        h('span', { class: 'reparto-barra', 'aria-hidden': 'true' }, bandas.filter((b) => de.get(b.color).cantidad > 0).map((b) =>
          h('i', { class: b.borde ? 'clara' : null, style: `flex-grow:${de.get(b.color).cantidad};background:${b.hex}` }))),
        h('div', { class: 'reparto-numeros' }, bandas.map((b) => h('span', { class: 'reparto-parte' }, S.luz(b),
          S.cifra(S.f.entero(de.get(b.color).cantidad), pregunta(p, nivel, titulo, b)),
          h('small', {}, b.etiqueta)))));
    }));
  };
})(window.Semaforo);
