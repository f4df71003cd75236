// Open alerts, by rule.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.alertas = function alertas(caja, p) {
    if (!p.alertas.length) return S.vaciar(caja, h('p', { class: 'nota' }, 'No hay alertas abiertas.'));
    const nombres = (alerta) => {
      const ao = alerta.nivel === 'AO' && p.aos.find((una) => una.actividad_id === alerta.elemento_id);
      if (ao) return h('span', {}, S.cifra(alerta.elemento_id, S.pregunta.deActividad(ao)), ' ', ao.nombre);
      const nivel = { AEI: 'AEI', OEI: 'OEI', CC: 'CC' }[alerta.nivel];
      return h('span', {}, h('span', { class: 'codigo' }, alerta.elemento_id || ''), ' ', nivel ? p.nombre(nivel, alerta.elemento_id) : '');
    };
    return S.vaciar(caja, [...S.grupos(p.alertas, 'regla_id')].map(([codigo, unas]) => {
      const regla = p.reglas.get(codigo) || { titulo: codigo };
      const cuerpo = h('div', {});
      // A finding has its own gravity, which may be above its rule's.
      const gravedades = [...S.grupos(unas, 'severidad')];
      const pliegue = h('details', { class: 'plegable alerta' },
        h('summary', {}, gravedades.map(([severidad, cuales]) => S.gravedad(severidad, gravedades.length > 1 && cuales.length)),
          h('span', { class: 'alerta-titulo' }, regla.titulo), h('b', {}, S.f.entero(unas.length))),
        h('p', {}, regla.significado, ' ', h('b', {}, 'Qué hacer: '), regla.que_hacer, regla.responsable && ` Responsable: ${S.f.palabras(regla.responsable)}.`),
        cuerpo);
      pliegue.addEventListener('toggle', () => {
        if (cuerpo.firstChild) return;
        cuerpo.append(S.tabla({
          titulo: regla.titulo, filas: unas, clase: 'fichas',
          columnas: [
            { titulo: 'Elemento', fila: true, celda: nombres },
            ...(gravedades.length > 1 ? [{ titulo: 'Gravedad', celda: (a) => S.gravedad(a.severidad) }] : []),
            { titulo: 'Qué pasa', celda: (a) => a.detalle },
            { titulo: 'Unidad', orden: (a) => p.centro(a.centro_costo_id), celda: (a) => (a.centro_costo_id ? p.enlaceUnidad(a.centro_costo_id) : S.f.NADA) },
            { titulo: 'Desde', clase: 'num', orden: (a) => a.abierta_desde, celda: (a) => S.f.fecha(a.abierta_desde) },
          ],
        }));
      });
      return pliegue;
    }));
  };
})(window.Semaforo);
