using Fathom.Domain;

namespace Fathom.Data.Files;

/// <summary>A file that appears under its name only when it is whole: written beside it as <c>NAME.partial</c>, renamed by <see cref="Complete"/>, deleted
/// when disposed without it. What is not a plain file (a pipe, <c>/dev/stdout</c>) is written straight.</summary>
public sealed class OutputFile : IByteTarget
{
    private readonly string _path;
    private readonly string? _partial;
    private readonly FileStream _stream;
    private bool _isComplete;

    private OutputFile(string path, string? partial)
    {
        _path = path;
        _partial = partial;
        _stream = new FileStream(partial ?? path, partial is null ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <param name="path">An existing file of that name is replaced at the end.</param>
    /// <exception cref="InputException">The path is a directory, its directory does not exist, or nothing may be written there.</exception>
    public static OutputFile Create(string path)
    {
        if (path.Length == 0) throw new InputException("output file", "nothing", "a path", "Name a file.");
        if (Directory.Exists(path)) throw new InputException(path, "a directory", "a file to write", "Name a file in it.");
        string full = Path.GetFullPath(path), directory = Path.GetDirectoryName(full) ?? "/";
        if (!Directory.Exists(directory)) throw new InputException(path, "no such directory", "an existing directory", $"Create it: mkdir -p '{directory}'");
        try
        {
            return new OutputFile(path, IsPlain(full) ? path + ".partial" : null);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw Failed(path, failure);
        }
    }

    /// <summary>Refuses to write where something is being read: the name would be the input's, or a link to it.</summary>
    /// <param name="path">What is to be written.</param>
    /// <param name="inputs">What is read; null = nothing.</param>
    /// <exception cref="InputException">The output is one of the inputs.</exception>
    public static void RefuseInputs(string path, params ReadOnlySpan<string?> inputs)
    {
        foreach (string? input in inputs)
            if (input is not null && RealPath(input) == RealPath(path))
                throw new InputException(path, $"the input '{input}' itself", "another file to write", "Writing there would destroy what is read: name another place.");
    }

    private static string RealPath(string path) => File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path) : Path.GetFullPath(path);

    /// <summary>Unbuffered: write in blocks.</summary>
    /// <exception cref="InputException">The disk is full, or gone.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException failure)
        {
            throw Failed(_path, failure);
        }
    }

    /// <summary>Closes the file and gives it its name.</summary>
    /// <exception cref="InputException">The disk is full, or the name has been taken meanwhile.</exception>
    public void Complete()
    {
        try
        {
            _stream.Dispose();
            if (_partial is not null) File.Move(_partial, _path, overwrite: true);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw Failed(_path, failure);
        }
        _isComplete = true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_isComplete && _partial is not null) File.Delete(_partial);
        _isComplete = true;
    }

    /// <summary>Devices and what a shell hands over by descriptor cannot be replaced by renaming; /dev/shm is a folder like any other.</summary>
    private static bool IsPlain(string fullPath) =>
        !fullPath.StartsWith("/dev/", StringComparison.Ordinal) || fullPath.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static InputException Failed(string path, Exception failure) =>
        new(path, $"a place that cannot be written ({failure.Message})", "a writable folder with room", "Choose another place, or make room.");
}
