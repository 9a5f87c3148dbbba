namespace Fathom.Market.Books;

/// <summary>
/// The levels outside the dense windows. Real prices run far from the touch (a future at 4,800 has resting orders at 85 and at 5,800), and some
/// are off the tick; a window that covered them all would not fit any cache. They are few and seldom touched, so they must be exact rather than fast, and hostile
/// input must not make them slow: a sorted array would move everything at each insertion.
/// <para>So: one tree per instrument and side, a treap: a binary search tree by price that is at the same time a heap by a pseudo-random number
/// that each node draws from its own number, which keeps it balanced without any bookkeeping. Keys are prices as "higher is better": the price for a bid, its
/// complement for an ask.</para>
/// </summary>
internal sealed unsafe class OutsideLevels(LevelArena arena)
{
    private Node[] _nodes = new Node[LevelArena.Run];      // node 0 is nobody's: it means "none"
    private int[] _nodesOfRun = [];
    private int[] _runOfNodes = new int[4];
    private int _runs = 1;
    private int _free;
    private int _fresh = LevelArena.Run;

    private struct Node
    {
        public long Key;
        public int Left, Right;
    }

    public static long KeyOf(uint side, long price) => side == 0 ? price : ~price;

    public static long PriceOf(uint side, long key) => side == 0 ? key : ~key;

    /// <summary>The level's number in the arena.</summary>
    public int LevelOf(int node) => _runOfNodes[node / LevelArena.Run] + node % LevelArena.Run;

    /// <summary>Whether the arena's level belongs here and not to a window.</summary>
    public bool Holds(int level) => level / LevelArena.Run < _nodesOfRun.Length && _nodesOfRun[level / LevelArena.Run] != 0;

    /// <summary>Key of a level that is held here.</summary>
    public long KeyOf(int level) => _nodes[_nodesOfRun[level / LevelArena.Run] + level % LevelArena.Run].Key;

    public long KeyOfNode(int node) => _nodes[node].Key;

    /// <summary>The node with that key; 0 when there is none.</summary>
    public int Find(int root, long key)
    {
        while (root != 0 && _nodes[root].Key != key) root = key < _nodes[root].Key ? _nodes[root].Left : _nodes[root].Right;
        return root;
    }

    /// <summary>The node with the highest key; 0 in an empty tree.</summary>
    public int Highest(int root)
    {
        while (root != 0 && _nodes[root].Right != 0) root = _nodes[root].Right;
        return root;
    }

    /// <summary>The node with the highest key below the given one; 0 when there is none.</summary>
    public int NextBelow(int root, long key)
    {
        int best = 0;
        while (root != 0)
        {
            if (_nodes[root].Key < key)
            {
                best = root;
                root = _nodes[root].Right;
            }
            else root = _nodes[root].Left;
        }
        return best;
    }

    /// <summary>Makes an empty level for a key that the tree does not have. May move all levels.</summary>
    public int Insert(ref int root, long key)
    {
        int node = Take();
        ref int link = ref root;
        while (link != 0 && Priority(link) >= Priority(node))
            link = ref key < _nodes[link].Key ? ref _nodes[link].Left : ref _nodes[link].Right;
        int rest = link;
        link = node;
        _nodes[node].Key = key;
        Split(rest, key, ref _nodes[node].Left, ref _nodes[node].Right);
        return node;
    }

    /// <summary>Removes the level of a key that the tree has. The level is empty.</summary>
    public void Remove(ref int root, long key)
    {
        ref int link = ref root;
        while (_nodes[link].Key != key) link = ref key < _nodes[link].Key ? ref _nodes[link].Left : ref _nodes[link].Right;
        int node = link, left = _nodes[node].Left, right = _nodes[node].Right;
        while (left != 0 && right != 0)
        {
            if (Priority(left) >= Priority(right))
            {
                link = left;
                link = ref _nodes[left].Right;
                left = link;
            }
            else
            {
                link = right;
                link = ref _nodes[right].Left;
                right = link;
            }
        }
        link = left != 0 ? left : right;
        arena.Levels[LevelOf(node)] = default;
        _nodes[node] = new Node { Left = _free };
        _free = node;
    }

    /// <summary>Parts a tree into the keys below and above one that it does not have.</summary>
    private void Split(int rest, long key, ref int below, ref int above)
    {
        while (rest != 0)
        {
            if (_nodes[rest].Key < key)
            {
                below = rest;
                below = ref _nodes[rest].Right;
                rest = below;
            }
            else
            {
                above = rest;
                above = ref _nodes[rest].Left;
                rest = above;
            }
        }
        below = 0;
        above = 0;
    }

    private static uint Priority(int node)
    {
        uint mixed = (uint)node * 0x9E3779B9;
        mixed = (mixed ^ (mixed >> 15)) * 0x85EBCA6B;
        return mixed ^ (mixed >> 13);
    }

    private int Take()
    {
        if (_free == 0 && _fresh == _runs * LevelArena.Run) AddRun();
        if (_free == 0) return _fresh++;
        int node = _free;
        _free = _nodes[node].Left;
        _nodes[node] = default;
        return node;
    }

    private void AddRun()
    {
        int first = arena.Take(1), run = first / LevelArena.Run;
        if (_runs == _runOfNodes.Length) Array.Resize(ref _runOfNodes, 2 * _runs);
        if (run >= _nodesOfRun.Length) Array.Resize(ref _nodesOfRun, Math.Max(run + 1, 2 * _nodesOfRun.Length));
        _runOfNodes[_runs] = first;
        _nodesOfRun[run] = _runs * LevelArena.Run;
        if (++_runs * LevelArena.Run > _nodes.Length) Array.Resize(ref _nodes, 2 * _nodes.Length);
    }
}
