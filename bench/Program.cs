Console.Error.WriteLine("usage: bench replay FILE | calls | orders");
return 2;
