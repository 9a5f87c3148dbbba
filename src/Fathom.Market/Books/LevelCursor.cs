namespace Fathom.Market.Books;

/// <summary>A walk over one side's levels from the best to the worst, merging those of the window with those outside it.</summary>
internal unsafe struct LevelCursor
{
    private readonly BookMemory _memory;
    private readonly int _instrument;
    private readonly uint _side;
    private readonly int _first;
    private int _dense;
    private int _node;

    public LevelCursor(BookMemory memory, int instrument, uint side)
    {
        _memory = memory;
        _instrument = instrument;
        _side = side;
        BookHead* head = memory.Heads + instrument;
        _first = head->FirstOf(side);
        _dense = side == 0 ? head->BestBid : head->BestAsk;
        _node = memory.Outside.Highest(Root);
        Level = -1;
        Price = 0;
    }

    /// <summary>Number of the current level.</summary>
    public int Level { get; private set; }

    /// <summary>Price of the current level in nanos.</summary>
    public long Price { get; private set; }

    private readonly int Root => _memory.Root(_instrument, _side);

    public bool MoveNext()
    {
        bool hasDense = _dense >= _first;
        if (!hasDense && _node == 0) return false;
        long densePrice = hasDense ? _memory.Heads[_instrument].PriceOf(_dense) : 0;
        bool takesDense = hasDense && (_node == 0 || OutsideLevels.KeyOf(_side, densePrice) > _memory.Outside.KeyOfNode(_node));
        if (takesDense)
        {
            Level = _dense;
            Price = densePrice;
            _dense = LevelArena.NextBelow(_memory.Arena.Occupied, _dense, _first);
        }
        else
        {
            long key = _memory.Outside.KeyOfNode(_node);
            Level = _memory.Outside.LevelOf(_node);
            Price = OutsideLevels.PriceOf(_side, key);
            _node = _memory.Outside.NextBelow(Root, key);
        }
        return true;
    }
}
