using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>Gives a strategy's orders their names, 1, 2, 3 …, and knows which ones it gave.</summary>
public sealed class ClientOrderIds(ulong journal, ushort strategy)
{
    private ulong _journal = journal;
    private ulong _last;

    public ClientOrderId Next() => ClientOrderId.Create(_journal, strategy, ++_last);

    /// <summary>It was given out here, or by the sessions before.</summary>
    public bool IsOurs(ClientOrderId id) => id.High == _journal && id.Strategy == strategy && id.Sequence - 1 < _last;

    internal ulong Journal => _journal;

    /// <summary>Running number of the newest name; 0 before the first.</summary>
    internal ulong Last => _last;

    /// <summary>Goes on from where an earlier session was.</summary>
    internal void Restore(ulong carriedJournal, ulong last) => (_journal, _last) = (carriedJournal, last);
}
