// Key figures: of the entity, or of the unit alone and with those below it.
(function (S) {
  'use strict';
  const h = S.h;

  function tarjeta(titulo, ...cuerpo) {
    return h('div', { class: 'clave' }, h('h3', {}, titulo), cuerpo);
  }

  function fila(p, nivel, id) {
    const a = p.avance(nivel, id);
    if (!a) return h('p', { class: 'nota' }, 'Sin cifras a este corte.');
    const porque = (medida) => S.pregunta.deElemento(nivel, id, medida);
    const seguido = p.plan.con_seguimiento;
    const banda = p.banda(a);
    const grande = (texto, medida) => S.cifra(texto, porque(medida), 'cifra-grande');
    return h('div', { class: 'claves' },
      seguido && tarjeta('Avance físico',
        h('div', { class: 'clave-cifra' }, p.senal(a, 'fisico', true),
          grande(S.f.pct(a.avance_fisico_pct === null ? a.avance_parcial_pct : a.avance_fisico_pct), 'fisico')),
        S.barra(a.avance_fisico_pct === null ? a.avance_parcial_pct : a.avance_fisico_pct, banda),
        h('p', {}, a.avance_fisico_pct === null && a.avance_parcial_pct !== null
          ? 'Avance parcial: solo con las actividades que tienen todos sus registros.'
          : p.porVencer() ? p.espera() : banda ? `${S.f.mayuscula(banda.color)}: ${banda.etiqueta}` : p.fraseEstado(a) || p.sinBandas || '')),
      seguido && a.mediana_actividades_pct !== undefined && a.mediana_actividades_pct !== null && tarjeta('Mediana',
        h('div', { class: 'clave-cifra' }, grande(S.f.pct(a.mediana_actividades_pct), 'mediana')),
        h('p', {}, 'La mitad de las actividades avanza esto o más.')),
      seguido && tarjeta('Dinero',
        h('div', { class: 'clave-cifra' }, a.avance_financiero_pct !== null && p.senal(a, 'financiero', true),
          grande(S.f.pct(a.avance_financiero_pct), 'dinero')),
        S.barra(a.avance_financiero_pct, p.banda(a, 'financiero')),
        h('p', {}, h('b', {}, `${p.moneda} ${S.f.dinero(a.ejecutado_financiero)}`),
          ` de ${S.f.dinero(a.programado_financiero)}`)),
      !seguido && tarjeta('Programado del año',
        h('div', { class: 'clave-cifra' }, grande(S.f.pct(a.programado_anual_pct), 'anual')),
        S.barra(a.programado_anual_pct, null), h('p', {}, p.frases.sin_seguimiento)),
      tarjeta('Actividades',
        h('div', { class: 'clave-cifra' }, S.cifra(S.f.entero(a.n_actividades),
          S.pregunta.deGrupo('Todas las actividades', p.deElemento(nivel, id)), 'cifra-grande')),
        seguido && p.reparto(a, (parte) =>
          S.cifra(S.f.entero(parte.n), S.pregunta.deParte(nivel, id, parte)))));
  }

  S.secciones.claves = function claves(caja, p) {
    if (!p.unidad) return S.vaciar(caja, fila(p, 'ENTIDAD', p.plan.entidad_id));
    const propio = p.avance('CC', p.unidad);
    const total = p.avance('CC_TOTAL', p.unidad);
    const conOtras = total && (!propio || total.n_actividades !== propio.n_actividades);
    return S.vaciar(caja,
      propio && [conOtras && h('h3', { class: 'sobre' }, 'Sus propias actividades'), fila(p, 'CC', p.unidad)],
      conOtras && [h('h3', { class: 'sobre' }, 'Con las unidades que dependen de ella'), fila(p, 'CC_TOTAL', p.unidad)],
      !propio && !conOtras && h('p', { class: 'nota' }, 'Sin cifras a este corte.'));
  };
})(window.Semaforo);
