using System.Diagnostics.CodeAnalysis;

namespace Fathom.Host.FeatureTables;

/// <summary>Rows by the price that they wait for, lowest first: a mid looks at those alone that it meets.</summary>
internal sealed class BarrierQueue
{
    private const int SmallMax = 1_024;

    private PriorityQueue<(WaitingRow Row, long Number), double> _rows = new();
    private int _compactAt = SmallMax;

    public void Add(WaitingRow row, double price)
    {
        if (_rows.Count >= _compactAt) Compact();
        _rows.Enqueue((row, row.Number), price);
    }

    /// <summary>The next row that waits for this price or a lower one.</summary>
    /// <param name="label">Rows of which this label is known wait no more.</param>
    public bool TryTake(double price, int label, [NotNullWhen(true)] out WaitingRow? row)
    {
        while (_rows.TryPeek(out (WaitingRow Row, long Number) first, out double wanted) && wanted <= price)
        {
            _rows.Dequeue();
            row = first.Row;
            if (row.Number == first.Number && !row.IsResolved(label)) return true;
        }
        row = null;
        return false;
    }

    /// <summary>Rows that were written, and perhaps used again, go; those of which only other labels are open stay, and are few.</summary>
    private void Compact()
    {
        PriorityQueue<(WaitingRow Row, long Number), double> kept = new();
        foreach (((WaitingRow Row, long Number) waiting, double price) in _rows.UnorderedItems)
            if (waiting.Row.Number == waiting.Number && !waiting.Row.IsComplete) kept.Enqueue(waiting, price);
        _rows = kept;
        _compactAt = Math.Max(SmallMax, 2 * kept.Count);
    }
}
