using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>Gives a strategy's orders their names, 1, 2, 3 …, and knows which ones it gave.</summary>
public sealed class ClientOrderIds(ulong journal, ushort strategy)
{
    private ulong _last;

    public ClientOrderId Next() => ClientOrderId.Create(journal, strategy, ++_last);

    /// <summary>It was given out here.</summary>
    public bool IsOurs(ClientOrderId id) => id.High == journal && id.Strategy == strategy && id.Sequence - 1 < _last;
}
