namespace Fathom.Engine.Orders;

/// <summary>
/// Which of a venue's numbered reports have come. They may overtake each other; one that stays away was lost, and with it whatever it said. In order, a report costs one comparison.
/// </summary>
internal sealed class ReportNumbers
{
    /// <summary>Numbers remembered beyond a gap. When more come, the gap stays open until the next snapshot all the same.</summary>
    private const int EarlyMax = 65_536;

    private readonly HashSet<long> _early = [];
    private long _allUpTo;

    /// <summary>Some number is missing below the newest.</summary>
    public bool HasGap => _early.Count > 0;

    /// <summary>All up to here have come.</summary>
    public long AllUpTo => _allUpTo;

    /// <summary>A report came; 0 where the venue does not number them.</summary>
    public void Note(long number)
    {
        if (number == _allUpTo + 1) Advance(number);
        else if (number > _allUpTo && number != 0 && _early.Count < EarlyMax) _early.Add(number);
    }

    /// <summary>All up to a number is accounted for by other means.</summary>
    public void NoteAllUpTo(long number)
    {
        if (number <= _allUpTo) return;
        _allUpTo = number;
        _early.RemoveWhere(early => early <= number);
        while (_early.Count > 0 && _early.Remove(_allUpTo + 1)) _allUpTo++;
    }

    private void Advance(long number)
    {
        _allUpTo = number;
        while (_early.Count > 0 && _early.Remove(_allUpTo + 1)) _allUpTo++;
    }
}
