namespace Fathom.Simulation.Generator;

/// <summary>Sizes in whole units with given frequencies, one look-up a draw.</summary>
internal sealed class SizeMix
{
    private const int Cells = 1024;

    /// <summary>New orders of a future, after the sizes seen in crude oil and S&amp;P 500 futures: mostly one, some two, and the round ones.</summary>
    public static SizeMix FutureOrders { get; } = new([(700, 1), (206, 2), (30, 3), (24, 4), (26, 5), (4, 6), (3, 8), (20, 10), (3, 15), (5, 20), (2, 50), (1, 100)]);

    /// <summary>Takers of a future: a longer tail than the orders that rest.</summary>
    public static SizeMix FutureTakers { get; } = new([(640, 1), (150, 2), (55, 3), (40, 4), (30, 5), (18, 6), (14, 7), (13, 8), (20, 10), (10, 12), (12, 15), (12, 20), (8, 30), (2, 50)]);

    /// <summary>Orders of an instrument that trades in round lots of ten.</summary>
    public static SizeMix RoundOrders { get; } = new([(560, 10), (160, 20), (60, 30), (90, 50), (90, 100), (20, 200), (8, 500), (12, 5), (24, 1)]);

    public static SizeMix RoundTakers { get; } = new([(520, 10), (180, 20), (70, 30), (90, 50), (90, 100), (20, 200), (10, 5), (44, 1)]);

    private readonly ushort[] _sizes = new ushort[Cells];

    /// <param name="parts">Weights of sizes, 1,024 in all.</param>
    private SizeMix((int Weight, int Size)[] parts)
    {
        int cell = 0;
        foreach ((int weight, int size) in parts)
            for (int i = 0; i < weight && cell < Cells; i++) _sizes[cell++] = (ushort)size;
        Domain.Invariant.Require(cell == Cells, "the weights of a size mix fill its table");
    }

    /// <param name="bits">Random; the lowest 10 bits are used.</param>
    public int Draw(ulong bits) => _sizes[bits & (Cells - 1)];
}
