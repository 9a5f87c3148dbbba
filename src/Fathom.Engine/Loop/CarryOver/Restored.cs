using Fathom.Domain.Messages;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Loop.CarryOver;

/// <summary>The orders of a carry-over, which are all there before each is put into its places.</summary>
internal sealed class Restored
{
    private readonly List<(CarriedOrder Carried, Order Order)> _orders = [];

    public void Add(in CarriedOrder carried, Order order) => _orders.Add((carried, order));

    public void Clear() => _orders.Clear();

    /// <summary>By what is asked about; equal ones in the order in which they were taken.</summary>
    public List<(CarriedOrder Carried, Order Order)> By(Func<CarriedOrder, long> place)
    {
        _orders.Sort((left, right) => (place(left.Carried), left.Carried.Number).CompareTo((place(right.Carried), right.Carried.Number)));
        return _orders;
    }
}
