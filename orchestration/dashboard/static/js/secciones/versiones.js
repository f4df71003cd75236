// What reprogramming changed: the same execution against each version of the plan.
(function (S) {
  'use strict';
  const h = S.h;
  const VERSIONES = [['aprobado', 'Aprobado'], ['consistente', 'Consistente con el PIA'], ['modificado', 'Modificado']];
  const ORDEN = ['ENTIDAD', 'OEI', 'AEI'];
  S.secciones.versiones = function versiones(caja, p) {
    const aos = S.por(p.aos, 'actividad_id');
    const todas = S.filas(S.d.versiones);
    const elementos = [...S.grupos(todas, (f) => `${f.nivel} ${f.elemento_id}`).values()].map((unas) => {
      const { nivel, elemento_id: id } = unas[0];
      return { nivel, id, nombre: nivel === 'AO' ? aos.get(id).nombre : p.nombre(nivel, id), de: S.por(unas, 'version_plan') };
    });
    const campo = (e, version, nombre) => { const f = e.de.get(version); return f ? f[nombre] : null; };
    const con = (x, escribir) => (x === null ? S.f.NADA : escribir(x));
    const puntos = (x) => con(x, (n) => `${n > 0 ? '+' : ''}${S.f.puntos(n)}`);
    const dinero = (x) => con(x, (n) => `${n > 0 ? '+' : ''}${S.f.dinero(n)}`);
    const pregunta = (e) => () => ({
      antetitulo: `${e.nivel === 'ENTIDAD' ? 'Entidad' : `${e.nivel} ${e.id}`} · a ${p.nombreCorte(todas[0].mes_corte)}`,
      titulo: e.nombre,
      cifra: [h('strong', {}, puntos(campo(e, 'modificado', 'diferencia_avance_pct'))), h('span', {}, 'puntos: modificado menos aprobado')],
      regla: ['La misma ejecución, el mismo corte y las mismas reglas; solo cambia contra qué metas se mide. Aprobado es la versión 0; consistente, lo que regía con el presupuesto de apertura (PIA).'],
      cuerpo: VERSIONES.filter(([version]) => e.de.has(version)).map(([version, titulo]) => {
        const f = e.de.get(version);
        return [h('h3', {}, titulo), S.datos([
          ['Versión', `${S.f.entero(f.version)}, del ${S.f.fecha(f.fecha_version)}`],
          ['Avance', [p.senal(f), ' ', S.f.pct(f.avance_fisico_pct)]],
          ['Actividades', S.f.entero(f.n_actividades)],
          ['Programado del año', `${p.moneda} ${S.f.dinero(f.programado_financiero_anual)}`],
          f.nivel === 'AO' && ['Meta del año', S.f.cantidad(f.programado_fisico_anual)],
        ])];
      }),
    });
    const tablaDe = (titulo, filas) => S.tabla({
      titulo, filas, clase: 'fichas',
      columnas: [
        { titulo: 'Elemento', fila: true, orden: (e) => e.id,
          celda: (e) => [h('span', { class: 'codigo' }, e.nivel === 'ENTIDAD' ? 'Entidad' : e.id), ' ', e.nombre] },
        ...VERSIONES.map(([version, nombre]) => ({
          titulo: nombre, clase: 'num', orden: (e) => campo(e, version, 'avance_fisico_pct'),
          celda: (e) => (e.de.has(version) ? [p.senal(e.de.get(version)), ' ', S.f.pct(campo(e, version, 'avance_fisico_pct'))] : S.f.NADA),
        })),
        { titulo: 'Diferencia en puntos', clase: 'num', orden: (e) => campo(e, 'modificado', 'diferencia_avance_pct'),
          celda: (e) => S.cifra(puntos(campo(e, 'modificado', 'diferencia_avance_pct')), pregunta(e)) },
        { titulo: `Diferencia del año en ${p.moneda}`, clase: 'num', orden: (e) => campo(e, 'modificado', 'diferencia_financiera_anual'),
          celda: (e) => dinero(campo(e, 'modificado', 'diferencia_financiera_anual')) },
      ],
    });
    const altas = elementos.filter((e) => e.nivel !== 'AO').sort((a, b) => ORDEN.indexOf(a.nivel) - ORDEN.indexOf(b.nivel));
    const bajas = elementos.filter((e) => e.nivel === 'AO');
    S.vaciar(caja,
      h('p', { class: 'nota' }, `A ${p.nombreCorte(todas[0].mes_corte)}, elija el corte que elija. Las diferencias son del plan modificado menos el aprobado, en puntos de avance y en lo programado del año.`),
      tablaDe('Entidad, objetivos y acciones, contra cada versión del plan', altas),
      bajas.length > 0 && S.plegable(`Actividades reprogramadas (${S.f.entero(bajas.length)})`, tablaDe('Actividades reprogramadas, contra cada versión del plan', bajas)));
  };
})(window.Semaforo);
