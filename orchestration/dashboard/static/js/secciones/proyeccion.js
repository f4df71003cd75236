// How the year is expected to end, at the corte that is in force.
(function (S) {
  'use strict';
  const h = S.h;
  const ORDEN = ['ENTIDAD', 'OEI'];
  const DIEZ = 10;
  S.secciones.proyeccion = function proyeccion(caja, p) {
    const filas = S.filas(S.d.proyeccion);
    const aos = S.por(p.aos, 'actividad_id');
    const nombre = (f) => (f.nivel === 'AO' ? aos.get(f.elemento_id).nombre : p.nombre(f.nivel, f.elemento_id));
    const entero = (x) => (x === null ? S.f.NADA : `${S.f.entero(x)} %`);
    // Nothing is certain before the year ends.
    const probabilidad = (x) => {
      if (x > 0 && x < 0.5) return 'menos de 1 %';
      if (x >= 99.5 && x < 100) return 'más de 99 %';
      return entero(x);
    };
    const intervalo = (f) => `${entero(f.proyectado_min_pct)} a ${entero(f.proyectado_max_pct)}`;
    const luz = (color) => S.senal(p.metodo, 'fisico', color, null);
    const pregunta = (f) => () => ({
      antetitulo: `${f.nivel === 'ENTIDAD' ? 'Entidad' : `${f.nivel} ${f.elemento_id}`} · proyectado a ${p.nombreCorte(f.mes_corte)}`,
      titulo: nombre(f),
      cifra: [luz(f.semaforo_proyectado), h('strong', {}, S.f.pct(f.avance_proyectado_pct)), h('span', {}, 'a fin de año')],
      regla: ['Lo ejecutado queda; lo que falta programar sigue al ritmo propio, apoyado en el de la unidad y en el año anterior; parte del atraso se recupera.'],
      cuerpo: S.datos([
        ['Avance al corte', [p.senal(f), ' ', S.f.pct(f.avance_fisico_pct)]],
        ['Entre', intervalo(f)],
        ['Probabilidad de terminar en rojo', probabilidad(f.probabilidad_rojo_pct)],
        ['Programado de la meta anual', S.f.pct(f.programado_anual_pct)],
        ['Ejecutado de la meta anual', S.f.pct(f.ejecutado_anual_pct)],
        ['Meses que faltan', S.f.entero(f.meses_restantes)],
        ['Se ejecuta por mes, de la meta anual', S.f.pct(f.ritmo_mensual_pct)],
        ['Hace falta por mes, de la meta anual', S.f.pct(f.necesario_mensual_pct)],
        ['Hace falta por mes, en su unidad', f.necesario_mensual_fisico === null ? S.f.NADA : S.f.cantidad(f.necesario_mensual_fisico)],
      ]),
    });
    const tablaDe = (titulo, unas) => S.tabla({
      titulo, filas: unas, clase: 'fichas',
      columnas: [
        { titulo: 'Elemento', fila: true, orden: (f) => f.elemento_id,
          celda: (f) => [h('span', { class: 'codigo' }, f.nivel === 'ENTIDAD' ? 'Entidad' : f.elemento_id), ' ', nombre(f)] },
        { titulo: 'Hoy', clase: 'centro', celda: (f) => p.senal(f) },
        { titulo: 'Fin de año', clase: 'centro', celda: (f) => luz(f.semaforo_proyectado) },
        { titulo: 'Proyectado', clase: 'num', orden: (f) => f.avance_proyectado_pct, celda: (f) => S.cifra(S.f.pct(f.avance_proyectado_pct), pregunta(f)) },
        { titulo: 'Entre', clase: 'num', celda: intervalo },
        { titulo: 'Probabilidad de rojo', clase: 'num', orden: (f) => f.probabilidad_rojo_pct, celda: (f) => probabilidad(f.probabilidad_rojo_pct) },
        { titulo: 'Por mes, se ejecuta', clase: 'num', orden: (f) => f.ritmo_mensual_pct, celda: (f) => S.f.pct(f.ritmo_mensual_pct) },
        { titulo: 'Por mes, hace falta', clase: 'num', orden: (f) => f.necesario_mensual_pct, celda: (f) => S.f.pct(f.necesario_mensual_pct) },
      ],
    });
    const altas = filas.filter((f) => ORDEN.includes(f.nivel)).sort((a, b) => ORDEN.indexOf(a.nivel) - ORDEN.indexOf(b.nivel));
    const acciones = filas.filter((f) => f.nivel === 'AEI');
    const bajas = filas.filter((f) => f.nivel === 'AO').sort((a, b) => b.probabilidad_rojo_pct - a.probabilidad_rojo_pct);
    const primeras = bajas.slice(0, DIEZ);
    S.vaciar(caja,
      h('p', { class: 'nota' }, `Proyectado con lo registrado hasta ${p.nombreCorte(filas[0].mes_corte)}, sea cual sea el corte elegido arriba. Las columnas «Por mes» son porcentajes de la meta anual.`),
      altas.length > 0 && [h('h3', {}, 'Entidad y objetivos'), tablaDe('Proyección de la entidad y los objetivos', altas)],
      primeras.length > 0 && [h('h3', {}, 'Actividades que más probablemente terminen en rojo'), tablaDe('Actividades que más probablemente terminen en rojo', primeras)],
      acciones.length > 0 && S.plegable(`Todas las acciones (${S.f.entero(acciones.length)})`, tablaDe('Proyección de las acciones', acciones)),
      bajas.length > DIEZ && S.plegable(`Todas las actividades (${S.f.entero(bajas.length)})`, tablaDe('Proyección de las actividades', bajas)));
  };
})(window.Semaforo);
