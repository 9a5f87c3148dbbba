namespace Fathom.Simulation.Generator;

/// <summary>The shape that a book of a given size tends to: how many orders at each distance from the best price, and how often something happens there.</summary>
/// <remarks>The target rises from the touch over the first few ticks, stays, and falls with the power −3/2 of the distance, at a scale that makes both sides sum
/// up to the wanted number of orders. Activity is another matter: most of it is at the touch, where orders come and go, while the far book hardly moves.</remarks>
internal sealed class BookProfile
{
    /// <summary>Distances 0 … this − 1 have targets.</summary>
    public const int DistanceMax = 1_024;

    private const int DrawBits = 12;
    private const int Draws = 1 << DrawBits;

    /// <summary>Shares of activity in 1/4096 at distances 0, 1, 2 …; the rest is spread over the far book.</summary>
    private static ReadOnlySpan<short> NearActivity => [2560, 280, 200, 170, 120, 80, 60, 50, 40, 36];

    private readonly double[] _targets = new double[DistanceMax];
    private readonly ushort[] _distances = new ushort[Draws];

    /// <param name="orders">Resting orders of both sides.</param>
    /// <param name="touchOrders">Wanted at the best price of one side; less in a book of few orders.</param>
    public BookProfile(int orders, int touchOrders)
    {
        Orders = orders;
        TouchOrders = Math.Max(2, Math.Min(touchOrders, orders / 10.0));
        double low = 0.01, high = 100_000;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Fill(middle) < orders * 0.5) low = middle;
            else high = middle;
        }
        FillDistances();
    }

    public int Orders { get; }

    public double TouchOrders { get; }

    /// <summary>Orders wanted at this many ticks from the best price.</summary>
    public double Target(int distance) => distance < DistanceMax ? _targets[distance] : 0;

    /// <summary>Where something happens: ticks from the best price.</summary>
    /// <param name="bits">Random; the lowest 12 bits are used.</param>
    public int DrawDistance(ulong bits) => _distances[bits & (Draws - 1)];

    /// <summary>Number of levels that a side of this shape has at most.</summary>
    public int LevelsMax
    {
        get
        {
            int levels = 0;
            while (levels < DistanceMax && _targets[levels] > 0.02) levels++;
            return Math.Min(DistanceMax, levels) + 64;
        }
    }

    private double Fill(double scale)
    {
        double sum = 0;
        for (int d = 0; d < DistanceMax; d++)
        {
            double rise = 1 + 0.6 * d / (d + 2.0);
            double far = 1 + d / scale;
            sum += _targets[d] = TouchOrders * rise / (far * Math.Sqrt(far));
        }
        return sum;
    }

    /// <summary>The far share follows the targets there, so that every far order lives about as long as another.</summary>
    private void FillDistances()
    {
        int cell = 0;
        for (int d = 0; d < NearActivity.Length; d++)
            for (int i = 0; i < NearActivity[d]; i++) _distances[cell++] = (ushort)d;

        int farCells = Draws - cell;
        double farSum = 0, running = 0;
        for (int d = NearActivity.Length; d < DistanceMax; d++) farSum += _targets[d];
        for (int d = NearActivity.Length, i = 0; i < farCells; i++)
        {
            while (d < DistanceMax - 1 && running + _targets[d] < farSum * (i + 0.5) / farCells) running += _targets[d++];
            _distances[cell++] = (ushort)d;
        }
    }
}
