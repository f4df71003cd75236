// The matrix that an evaluation ends with: what, who, by when, done or not.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.compromisos = function compromisos(caja, p) {
    const filas = S.filas(S.d.compromisos);
    const vencidos = filas.filter((c) => c.situacion === 'vencido').length;
    const abiertos = filas.filter((c) => c.abierto).length;
    const elemento = (c) => {
      if (!c.elemento_id) return 'Todo el plan';
      const ao = c.nivel === 'AO' && p.aos.find((una) => una.actividad_id === c.elemento_id);
      if (ao) return [S.cifra(c.elemento_id, S.pregunta.deActividad(ao)), ' ', ao.nombre];
      return [h('span', { class: 'codigo' }, c.elemento_id), ' ', ['AEI', 'OEI'].includes(c.nivel) ? p.nombre(c.nivel, c.elemento_id) : ''];
    };
    const aTiempo = (c) => (c.cumplido_a_tiempo === null ? '' : c.cumplido_a_tiempo ? ' a tiempo' : ' fuera de plazo');
    const situacion = (c) => (c.situacion === 'cumplido' ? `Cumplido${aTiempo(c)}` : S.f.mayuscula(S.f.palabras(c.situacion)));
    const reglas = {
      vencido: () => 'Vence el día siguiente a su fecha límite mientras siga pendiente o en proceso.',
      en_plazo: () => 'Está en plazo hasta el día de su fecha límite; si sigue abierto, vence al día siguiente.',
      sin_plazo: () => 'No tiene fecha límite, así que no puede vencer.',
      cumplido: (c) => `Se registró como cumplido el ${S.f.fecha(c.fecha_cierre)}${c.fecha_limite ? `; su fecha límite era el ${S.f.fecha(c.fecha_limite)}` : ''}.`,
      descartado: (c) => `Se descartó el ${S.f.fecha(c.fecha_cierre)}: ya no se sigue.`,
    };
    const pregunta = (c) => () => ({
      antetitulo: `Compromiso ${c.compromiso_id}`, titulo: c.recomendacion,
      cifra: [h('strong', {}, situacion(c)), c.dias_vencido > 0 && h('span', {}, `hace ${S.f.cuantos(c.dias_vencido, 'día', 'días')}`)],
      regla: [reglas[c.situacion](c)],
      cuerpo: S.datos([
        ['Estado', S.f.palabras(c.estado)], ['Avance', S.f.pct(c.avance_pct)],
        ['Fecha límite', S.f.fecha(c.fecha_limite)], ['Primera fecha límite', S.f.fecha(c.fecha_limite_inicial)],
        ['Aplazamientos', S.f.entero(c.aplazamientos)], ['Cierre', S.f.fecha(c.fecha_cierre)],
        ['Asumido el', S.f.fecha(c.fecha_compromiso)],
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
          { titulo: 'Fecha límite', clase: 'num', orden: (c) => c.fecha_limite, celda: (c) => [S.f.fecha(c.fecha_limite),
            c.aplazamientos > 0 && h('small', {}, ` aplazada ${S.f.cuantos(c.aplazamientos, 'vez', 'veces')}`)] },
          { titulo: 'Estado', orden: (c) => c.estado, celda: (c) => [S.f.mayuscula(S.f.palabras(c.estado)), c.avance_pct !== null && h('small', {}, ` ${S.f.pct(c.avance_pct)}`)] },
          { titulo: 'Evidencia', celda: (c) => c.evidencia || S.f.NADA },
          { titulo: 'Situación', orden: (c) => c.situacion, celda: (c) => [
            S.cifra(situacion(c), pregunta(c), c.situacion === 'vencido' ? 'vencido' : null),
            c.dias_vencido > 0 && h('small', {}, ` hace ${S.f.cuantos(c.dias_vencido, 'día', 'días')}`)] },
        ],
      }));
  };
})(window.Semaforo);
