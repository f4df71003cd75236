// The matrix that an evaluation ends with: what, who, by when, done or not.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.compromisos = function compromisos(caja, p) {
    const filas = S.filas(S.d.compromisos);
    const vencidos = filas.filter((c) => c.situacion === 'vencido').length;
    const abiertos = filas.filter((c) => c.abierto).length;
    const elemento = (c) => (c.elemento_id
      ? [h('span', { class: 'codigo' }, c.elemento_id), ' ', ['AEI', 'OEI'].includes(c.nivel) ? p.nombre(c.nivel, c.elemento_id) : '']
      : 'Todo el plan');
    const pregunta = (c) => () => ({
      antetitulo: `Compromiso ${c.compromiso_id}`, titulo: c.recomendacion,
      cifra: [h('strong', {}, S.f.mayuscula(S.f.palabras(c.situacion)))],
      regla: ['Vence el día siguiente a su fecha límite mientras siga pendiente o en proceso.'],
      cuerpo: S.datos([
        ['Estado', S.f.palabras(c.estado)], ['Avance', S.f.pct(c.avance_pct)],
        ['Fecha límite', S.f.fecha(c.fecha_limite)], ['Primera fecha límite', S.f.fecha(c.fecha_limite_inicial)],
        ['Aplazamientos', S.f.entero(c.aplazamientos)], ['Asumido el', S.f.fecha(c.fecha_compromiso)],
        ['Último registro', S.f.fecha(c.fecha_registro)], ['Evidencia', c.evidencia || S.f.NADA],
        ['Documento', c.documento || S.f.NADA],
      ]),
    });
    S.vaciar(caja,
      h('p', { class: 'resumen' }, `${S.f.cuantos(filas.length, 'compromiso', 'compromisos')}: ${S.f.cuantos(abiertos, 'abierto', 'abiertos')}, ${S.f.cuantos(vencidos, 'vencido', 'vencidos')}.`),
      S.tabla({
        titulo: 'Compromisos', filas, clase: 'fichas',
        columnas: [
          { titulo: 'Recomendación', fila: true, orden: (c) => c.compromiso_id, celda: (c) => [h('span', { class: 'codigo' }, c.compromiso_id), ' ', c.recomendacion] },
          { titulo: 'Elemento', orden: (c) => c.elemento_id, celda: elemento },
          { titulo: 'Responsable', orden: (c) => p.centro(c.centro_costo_id), celda: (c) => (c.centro_costo_id ? p.enlaceUnidad(c.centro_costo_id) : S.f.NADA) },
          { titulo: 'Fecha límite', clase: 'num', orden: (c) => c.fecha_limite, celda: (c) => S.f.fecha(c.fecha_limite) },
          { titulo: 'Situación', orden: (c) => c.situacion, celda: (c) => S.cifra(S.f.mayuscula(S.f.palabras(c.situacion)), pregunta(c)) },
        ],
      }));
  };
})(window.Semaforo);
