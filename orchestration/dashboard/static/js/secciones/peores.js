// The ten activities that cost the entity's mean most, as rpt_aporte_actividad ranks them.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.peores = function peores(caja, p) {
    if (p.porVencer()) return S.vaciar(caja, h('p', { class: 'nota' }, p.espera()));
    const filas = S.filas(S.d.peores).filter((f) => f.mes_corte === p.corte && f.puntos_perdidos > 0);
    if (!filas.length) {
      return S.vaciar(caja, h('p', { class: 'nota' }, p.avance('ENTIDAD').avance_parcial_pct === null
        ? 'A este corte ninguna actividad tiene avance.' : 'A este corte ninguna actividad le resta al avance.'));
    }
    const mayor = filas[0].puntos_perdidos;
    const ultima = filas[filas.length - 1];
    return S.vaciar(caja,
      h('p', { class: 'resumen' }, filas.length === 1 ? 'Una sola actividad resta ' : `Las ${S.f.entero(filas.length)} juntas restan `,
        h('strong', {}, `${S.f.puntos(ultima.puntos_perdidos_hasta_puesto)} puntos`), ' al avance de la entidad.'),
      h('ol', { class: 'peores' }, filas.map((fila) => {
        const ao = p.aos[fila.ao];
        const a = p.avance('AO', fila.ao);
        return h('li', {},
          h('div', { class: 'peor-nombre' }, h('span', { class: 'codigo' }, ao.actividad_id), ' ', ao.nombre,
            h('small', {}, p.enlaceUnidad(ao.centro_costo_id))),
          h('div', { class: 'peor-avance' }, p.senal(a), S.cifra(S.f.pct(a.avance_fisico_pct), S.pregunta.deActividad(ao))),
          h('div', { class: 'peor-puntos' },
            h('span', { class: 'peor-barra', 'aria-hidden': 'true', style: `--v:${fila.puntos_perdidos};--max:${mayor}` }, h('i', {})),
            S.cifra(`−${S.f.puntos(fila.puntos_perdidos)}`, () => ({
              antetitulo: `${ao.actividad_id} · a ${p.nombreCorte()}`,
              titulo: ao.nombre,
              cifra: [h('strong', {}, `−${S.f.puntos(fila.puntos_perdidos)}`), h('span', {}, 'puntos del avance de la entidad')],
              regla: [p.frases.aporte, p.frases.ENTIDAD],
              cuerpo: S.datos([
                ['Peso en el avance de la entidad', S.f.pct(fila.peso_promedio_pct)],
                ['Su avance', S.cifra(S.f.pct(a.avance_fisico_pct), S.pregunta.deActividad(ao))],
                ['Con las anteriores', `−${S.f.puntos(fila.puntos_perdidos_hasta_puesto)} puntos`],
              ]),
            })), h('small', {}, 'puntos')));
      })),
      h('p', { class: 'nota' }, p.frases.aporte));
  };
})(window.Semaforo);
