namespace Fathom.Simulation.Generator;

/// <summary>Which instrument acts next: a binary heap over all instruments by time, equal times by instrument.</summary>
internal sealed class EventQueue
{
    private readonly long[] _times;
    private readonly int[] _instruments;

    /// <param name="times">First time of every instrument, in nanoseconds.</param>
    public EventQueue(long[] times)
    {
        _times = (long[])times.Clone();
        _instruments = new int[times.Length];
        for (int i = 0; i < times.Length; i++) _instruments[i] = i;
        for (int i = times.Length / 2 - 1; i >= 0; i--) Sift(i, _times[i], _instruments[i]);
    }

    public int Instrument => _instruments[0];

    public long Time => _times[0];

    /// <summary>Gives the instrument at the top its next time.</summary>
    public void Reschedule(long time) => Sift(0, time, _instruments[0]);

    private void Sift(int hole, long time, int instrument)
    {
        int length = _times.Length;
        for (int child = 2 * hole + 1; child < length; child = 2 * hole + 1)
        {
            if (child + 1 < length && IsBefore(_times[child + 1], _instruments[child + 1], _times[child], _instruments[child])) child++;
            if (!IsBefore(_times[child], _instruments[child], time, instrument)) break;
            _times[hole] = _times[child];
            _instruments[hole] = _instruments[child];
            hole = child;
        }
        _times[hole] = time;
        _instruments[hole] = instrument;
    }

    private static bool IsBefore(long time, int instrument, long otherTime, int otherInstrument) =>
        time < otherTime || (time == otherTime && instrument < otherInstrument);
}
